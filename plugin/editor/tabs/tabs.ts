import { html, type TemplateResult } from "lit";
import type { Studio } from "../model/studio.ts";
import type { IconName } from "../pictures/icon.ts";

/** A tab of the panel. */
export interface TabEntry {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  /** Whether this panel has it. Default always. */
  readonly isThere?: (studio: Studio) => boolean;
  /** Draws what is in it. */
  view(studio: Studio): TemplateResult;
}

/** The tabs of a panel, in order. */
export function tabsOf(studio: Studio): readonly TabEntry[] {
  return TABS.filter(({ isThere }) => isThere?.(studio) ?? true);
}

const loadUnderstanding = async (): Promise<void> => {
  (await import("./define-understanding.ts")).defineUnderstanding();
};

const loadDemonstrations = async (): Promise<void> => {
  (await import("./define-demonstrations.ts")).defineDemonstrations();
};

function late(load: () => Promise<void>, view: () => TemplateResult): TemplateResult {
  return html`<bns-late-tab .load=${load} .view=${view}></bns-late-tab>`;
}

const TABS: readonly TabEntry[] = [
  {
    id: "scene",
    title: "Scene",
    icon: "scene",
    view: (studio) => html`<bns-scene-tab .studio=${studio}></bns-scene-tab>`,
  },
  {
    id: "lesson",
    title: "Lesson",
    icon: "lesson",
    view: (studio) => html`<bns-lesson-tab .studio=${studio}></bns-lesson-tab>`,
  },
  {
    id: "teach",
    title: "Teach",
    icon: "teach",
    view: (studio) => html`<bns-teach-tab .studio=${studio}></bns-teach-tab>`,
  },
  {
    id: "understand",
    title: "Understand",
    icon: "understand",
    view: (studio) => late(loadUnderstanding, () => html`<bns-understand-tab .studio=${studio}></bns-understand-tab>`),
  },
  {
    id: "demonstrations",
    title: "Show",
    icon: "demonstrations",
    view: (studio) =>
      late(loadDemonstrations, () => html`<bns-demonstrations-tab .studio=${studio}></bns-demonstrations-tab>`),
  },
  {
    id: "paint",
    title: "Paint",
    icon: "paint",
    isThere: ({ options }) => options.makePaintWorker !== undefined,
    view: (studio) => html`<bns-paint-tab .studio=${studio}></bns-paint-tab>`,
  },
];
