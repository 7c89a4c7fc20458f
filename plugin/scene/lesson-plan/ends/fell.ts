import { Pose } from "../../pose.ts";
import type { EndKind } from "../plan-part.ts";

/** Ends when the agent falls over, or down from where it began. */
export const fell: EndKind = {
  form: {
    kind: "fell",
    title: "Fell",
    hint: "Ends the episode when the agent tips over, or is deeper than it began: off the edge, into a pit.",
    succeeded: false,
    truncates: false,
    fields: [
      {
        type: "number",
        name: "tilt",
        title: "Tilt",
        hint: "Tipped by more than this it has fallen. 180° never.",
        unit: "°",
        minimum: 0.1745,
        maximum: Math.PI,
        step: 0.0873,
        initial: Math.PI / 3,
        above: 0,
        atMost: Math.PI,
      },
      {
        type: "number",
        name: "depth",
        title: "Depth",
        hint: "So far below the height at which the episode began it has fallen.",
        unit: "m",
        minimum: 0.1,
        maximum: 20,
        step: 0.1,
        initial: 1,
        above: 0,
      },
    ],
  },
  create(options, site) {
    const leastUp = Math.cos(options["tilt"] as number);
    const depth = options["depth"] as number;
    const pose = new Pose();
    const height = new Float64Array(1);
    return {
      begin(): void {
        height[0] = pose.read(site.agent).position.y;
      },
      isOver(): boolean {
        const { up, position } = pose.read(site.agent);
        return up.y < leastUp || position.y < height[0] - depth;
      },
    };
  },
};
