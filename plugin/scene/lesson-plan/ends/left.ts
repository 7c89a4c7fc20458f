import { worldMatrixOf } from "../../pose.ts";
import { AREA } from "../fields.ts";
import type { EndKind } from "../plan-part.ts";

/** Ends when the agent leaves an area. */
export const left: EndKind = {
  form: {
    kind: "left",
    title: "Left the area",
    hint: "Ends the episode when the agent leaves the drawn area. Draw it a little larger than the area of the reset.",
    succeeded: false,
    truncates: false,
    fields: [{ ...AREA, hint: "Outside of this rectangle the episode is over.", initial: [-12, -12, 12, 12] }],
  },
  create(options, site) {
    const [x0, z0, x1, z1] = options["area"] as readonly [number, number, number, number];
    return {
      begin(): void {},
      isOver(): boolean {
        const { m } = worldMatrixOf(site.agent);
        const origin = site.root ? worldMatrixOf(site.root).m : null;
        const x = m[12] - (origin ? origin[12] : 0);
        const z = m[14] - (origin ? origin[14] : 0);
        return x < x0 || x > x1 || z < z0 || z > z1;
      },
    };
  },
};
