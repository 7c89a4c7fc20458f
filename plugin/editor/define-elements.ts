import { defineElement } from "./define-element.ts";
import { PaintTab } from "./tabs/paint-tab.ts";
import { SceneGaps } from "./elements/scene-gaps.ts";
import { TermTable } from "./elements/term-table.ts";
import { WorkerHelp } from "./elements/worker-help.ts";
import { HyperForm } from "./elements/hyper-form.ts";
import { PolicyShelf } from "./elements/policy-shelf.ts";
import { RunList } from "./elements/run-list.ts";
import { LessonTab } from "./tabs/lesson-tab.ts";
import { LateTab } from "./tabs/late-tab.ts";
import { TeachTab } from "./tabs/teach-tab.ts";
import { AgentCard } from "./elements/agent-card.ts";
import { CheckpointList } from "./elements/checkpoint-list.ts";
import { CurveChart } from "./elements/curve-chart.ts";
import { DoctorList } from "./elements/doctor-list.ts";
import { DockHandle } from "./elements/dock-handle.ts";
import { PartCard } from "./elements/part-card.ts";
import { PartField } from "./elements/part-field.ts";
import { PartPalette } from "./elements/part-palette.ts";
import { SceneTree } from "./elements/scene-tree.ts";
import { StudioPanel } from "./elements/studio-panel.ts";
import { SceneTab } from "./tabs/scene-tab.ts";

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  "bns-paint-tab": PaintTab,
  "bns-late-tab": LateTab,
  "bns-teach-tab": TeachTab,
  "bns-lesson-tab": LessonTab,
  "bns-run-list": RunList,
  "bns-policy-shelf": PolicyShelf,
  "bns-hyper-form": HyperForm,
  "babylon-neural-studio": StudioPanel,
  "bns-agent-card": AgentCard,
  "bns-checkpoint-list": CheckpointList,
  "bns-curve-chart": CurveChart,
  "bns-doctor-list": DoctorList,
  "bns-dock-handle": DockHandle,
  "bns-part-card": PartCard,
  "bns-part-field": PartField,
  "bns-part-palette": PartPalette,
  "bns-scene-gaps": SceneGaps,
  "bns-scene-tab": SceneTab,
  "bns-scene-tree": SceneTree,
  "bns-term-table": TermTable,
  "bns-worker-help": WorkerHelp,
};

/** Tells the page of the panel's elements, but for those of tabs that come late. May be called again. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) defineElement(name, element);
}
