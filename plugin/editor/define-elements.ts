import { DemonstrationsTab } from "./tabs/demonstrations-tab.ts";
import { NetworkDrawing } from "./elements/network-drawing.ts";
import { ObservationList } from "./elements/observation-list.ts";
import { OutcomeList } from "./elements/outcome-list.ts";
import { TimelineBar } from "./elements/timeline-bar.ts";
import { ValueLegend } from "./elements/value-legend.ts";
import { ValueLine } from "./elements/value-line.ts";
import { PaintTab } from "./tabs/paint-tab.ts";
import { UnderstandTab } from "./tabs/understand-tab.ts";
import { EpisodeRow } from "./elements/episode-row.ts";
import { SceneGaps } from "./elements/scene-gaps.ts";
import { WorkerHelp } from "./elements/worker-help.ts";
import { HyperForm } from "./elements/hyper-form.ts";
import { PolicyShelf } from "./elements/policy-shelf.ts";
import { RunList } from "./elements/run-list.ts";
import { LessonTab } from "./tabs/lesson-tab.ts";
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
  "bns-demonstrations-tab": DemonstrationsTab,
  "bns-paint-tab": PaintTab,
  "bns-understand-tab": UnderstandTab,
  "bns-value-legend": ValueLegend,
  "bns-value-line": ValueLine,
  "bns-timeline-bar": TimelineBar,
  "bns-outcome-list": OutcomeList,
  "bns-observation-list": ObservationList,
  "bns-network-drawing": NetworkDrawing,
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
  "bns-episode-row": EpisodeRow,
  "bns-part-card": PartCard,
  "bns-part-field": PartField,
  "bns-part-palette": PartPalette,
  "bns-scene-gaps": SceneGaps,
  "bns-scene-tab": SceneTab,
  "bns-scene-tree": SceneTree,
  "bns-worker-help": WorkerHelp,
};

/** Tells the page of the panel's elements. May be called again; a page that has some already keeps them. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
