import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { bodyOf } from "../../physics.ts";
import { hasTag } from "../../tags.ts";
import { WITHIN } from "../fields.ts";
import { measureDistance } from "../measure-distance.ts";
import type { RewardKind } from "../plan-part.ts";

/** 1 for each tagged thing that the agent gets to; it is gone for the rest of the episode. */
export const collect: RewardKind = {
  form: {
    kind: "collect",
    title: "Collect",
    hint: "Gives its weight for each thing with the tag that the agent gets to; the thing is gone until the next episode.",
    unit: "each",
    weight: 1,
    fields: [
      {
        type: "text",
        name: "tag",
        title: "Tag",
        hint: "What is collected carries this tag.",
        initial: "gem",
      },
      WITHIN,
    ],
  },
  create(options, site) {
    const tag = options["tag"] as string;
    const within = options["within"] as number;
    const things = site.nodes.filter((node) => node !== site.agent && hasTag(node, tag));
    const isTaken = things.map(() => false);
    const bringBack = (): void => {
      things.forEach((thing, i) => {
        if (isTaken[i] && !thing.isDisposed()) show(thing, true);
        isTaken[i] = false;
      });
    };
    return {
      begin: bringBack,
      measure(): number {
        let taken = 0;
        for (let i = 0; i < things.length; i++) {
          if (isTaken[i] || measureDistance(site.agent, things[i]) > within) continue;
          isTaken[i] = true;
          show(things[i], false);
          taken += 1;
        }
        return taken;
      },
      dispose: bringBack,
    };
  },
};

/** A hidden thing's body neither stops anybody nor hides anything: triggers are looked through. */
function show(thing: TransformNode, isThere: boolean): void {
  thing.setEnabled(isThere);
  const shape = bodyOf(thing)?.shape;
  if (shape) shape.isTrigger = !isThere;
}
