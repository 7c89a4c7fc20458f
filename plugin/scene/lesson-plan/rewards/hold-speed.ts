import { worldMatrixOf } from "../../pose.ts";
import type { RewardKind } from "../plan-part.ts";

/** Up to 1 a second for going as fast over the ground as wanted: 1 there, 0 from the tolerance on. */
export const holdSpeed: RewardKind = {
  form: {
    kind: "holdSpeed",
    title: "Hold speed",
    hint: "Gives its weight each second at the wanted speed over the ground, whatever the direction, and less the farther from it.",
    unit: "s",
    weight: 0.1,
    fields: [
      {
        type: "number",
        name: "speed",
        title: "Speed",
        hint: "How fast is best.",
        unit: "m/s",
        minimum: 0,
        maximum: 20,
        step: 0.1,
        initial: 2,
        atLeast: 0,
      },
      {
        type: "number",
        name: "tolerance",
        title: "Tolerance",
        hint: "So far off the wanted speed nothing is given any more.",
        unit: "m/s",
        minimum: 0.1,
        maximum: 10,
        step: 0.1,
        initial: 2,
        above: 0,
      },
    ],
  },
  create(options, site) {
    const wanted = options["speed"] as number;
    const tolerance = options["tolerance"] as number;
    const last = new Float64Array(2);
    return {
      begin(): void {
        const { m } = worldMatrixOf(site.agent);
        last[0] = m[12];
        last[1] = m[14];
      },
      measure(seconds: number): number {
        const { m } = worldMatrixOf(site.agent);
        const x = m[12] - last[0];
        const z = m[14] - last[1];
        last[0] = m[12];
        last[1] = m[14];
        const off = Math.abs(Math.sqrt(x * x + z * z) / seconds - wanted);
        return off < tolerance ? (1 - off / tolerance) * seconds : 0;
      },
    };
  },
};
