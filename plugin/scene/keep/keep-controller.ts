import type { Node } from "@babylonjs/core/node.js";
import type { ControllerDescription } from "./description.ts";
import { listIn, nameKeeper, ownValue, readBlock, writeList } from "./keepsake.ts";
import { readController } from "./read-controller.ts";

/**
 * Writes a controller's description into a node's `metadata`, where scene files keep it; one of the same name is replaced, and
 * everything else in the metadata stays. `restoreControllers` brings it back.
 *
 * @throws ConfigurationError for a description that could not be brought back, or metadata that cannot hold it; nothing has
 * changed then.
 */
export function keepController(node: Node, description: ControllerDescription): void {
  const kept = readController(description, nameKeeper(node));
  const entries = [...listIn(node, readBlock(node), "controllers")];
  const index = entries.findIndex((entry) => ownValue(entry, "name") === kept.name);
  if (index >= 0) entries[index] = kept;
  else entries.push(kept);
  writeList(node, "controllers", entries);
}

/**
 * Takes a controller's description out of a node's `metadata`. The controller itself, if there is one, goes on.
 *
 * @returns Whether there was one of that name.
 * @throws ConfigurationError for a block that cannot be read.
 */
export function forgetController(node: Node, name: string): boolean {
  const entries = listIn(node, readBlock(node), "controllers");
  const others = entries.filter((entry) => ownValue(entry, "name") !== name);
  if (others.length === entries.length) return false;
  writeList(node, "controllers", others);
  return true;
}

/**
 * The descriptions of the controllers that a node keeps, in order; none for a node that keeps none.
 *
 * @throws ConfigurationError for a block or a description that cannot be read. `restoreControllers` goes on after it.
 */
export function keptControllers(node: Node): readonly ControllerDescription[] {
  return listIn(node, readBlock(node), "controllers").map((entry, index) =>
    readController(entry, nameKeeper(node), `controllers[${index}]`),
  );
}
