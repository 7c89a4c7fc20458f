import type { Diagnosis, LessonPlan } from "../../index.ts";
import { groundArea } from "./ground-area.ts";
import type { Studio } from "./studio.ts";

/** What can be done about a diagnosis by changing the lesson's rules. */
export interface LessonRemedy {
  /** On the button, and on the undo button. */
  readonly title: string;
  act(): void;
}

/** Scene units that things are kept apart. */
const APART = 2;

/** What the panel can do about a diagnosis in the lesson that is worked on; null where that is left to the person. */
export function remedyOf(studio: Studio, { rule }: Diagnosis): LessonRemedy | null {
  const { lessons } = studio;
  const { current } = lessons;
  if (rule !== "fixed-reset" || !current) return null;
  const missing = withoutChance(current);
  if (missing.length === 0) return null;
  const title = "Put things elsewhere at each start";
  const area = groundArea(studio.scene);
  return {
    title,
    act: () =>
      lessons.edit(title, (from) => ({
        ...from,
        resets: [
          ...from.resets.filter(({ kind, node }) => kind !== "samePose" || !missing.includes(node)),
          ...missing.map((node) => ({
            kind: "randomPose",
            node,
            options: { area, turned: node === from.node, apart: APART },
          })),
        ],
      })),
  };
}

/** Ids of the agent and of what its rules are about, where no rule gives them another place at each start. */
function withoutChance({ node, rewards, ends, resets }: LessonPlan): string[] {
  const targets = [...rewards, ...ends].map(({ options }) => options?.["target"]);
  const moved = new Set(resets.filter(({ kind }) => kind.startsWith("random")).map((reset) => reset.node));
  const ids = [node, ...targets.filter((target): target is string => typeof target === "string")];
  return [...new Set(ids)].filter((id) => !moved.has(id));
}
