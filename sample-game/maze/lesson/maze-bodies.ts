import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { mazeConfig } from "../rules/config.ts";
import { hedgeBlocks } from "../rules/hedge-blocks.ts";
import { fieldOf, placeOf, type Maze } from "../rules/maze.ts";
import type { Walk } from "../rules/walk.ts";

/** What the golem's grid tells apart, in the order of its channels. */
export const SEEN_TAGS = ["hedge", "gem", "line", "cross"] as const;

const HEDGE = { tags: ["hedge"] };
const GEM = { tags: ["gem"] };
/** By what is chalked on a field, see `CHALK`. */
const CHALKED = [null, { tags: ["line"] }, { tags: ["cross"] }] as const;

/** Everything in one maze that can be seen by a grid sensor. Nodes are children of its root; nothing is drawn. */
export interface MazeBodies {
  readonly golem: TransformNode;
  readonly gem: TransformNode;
  /** Boxes of hedge; those that the present maze does not need are switched off. */
  readonly hedges: Mesh[];
  /** One node for each path field of the present maze, in their order; those of earlier mazes are switched off. */
  readonly chalk: TransformNode[];
  /** Which of them stands on each field; -1 on hedges, [side, side]. */
  chalkOf: Int16Array;
  readonly root: TransformNode;
}

/** Makes what every maze has. @param root - Stands in the maze's middle. */
export function makeMazeBodies(root: TransformNode): MazeBodies {
  const golem = makeNode("golem", root);
  const gem = makeNode("gem", root);
  gem.metadata = GEM;
  return { golem, gem, hedges: [], chalk: [], chalkOf: new Int16Array(0), root };
}

/** Grows the hedges of a maze, and puts golem and gem where a walk wants them. */
export function layMaze(bodies: MazeBodies, walk: Walk): void {
  const { maze } = walk;
  layHedges(bodies, maze);
  layChalk(bodies, maze);
  showChalk(bodies, walk);
  showGem(bodies, walk);
  showGolem(bodies, walk);
}

/** Puts the golem where it is by the rules. */
export function showGolem({ golem }: MazeBodies, walk: Walk): void {
  placeOnField(golem, walk.field, walk.maze.side);
  golem.rotation.y = (walk.heading * Math.PI) / 2;
}

/** Puts the gem where it is by the rules. */
export function showGem({ gem }: MazeBodies, walk: Walk): void {
  placeOnField(gem, fieldOf(walk.gem, walk.maze.size), walk.maze.side);
}

/** Writes the chalk of a whole maze. */
export function showChalk(bodies: MazeBodies, walk: Walk): void {
  for (let field = 0; field < walk.chalk.length; field++) showChalkOf(bodies, walk, field);
}

/** Writes the chalk of one field. */
export function showChalkOf({ chalk, chalkOf }: MazeBodies, walk: Walk, field: number): void {
  const index = chalkOf[field];
  if (index >= 0) chalk[index].metadata = CHALKED[walk.chalk[field]];
}

function layChalk(bodies: MazeBodies, { side, hedges }: Maze): void {
  const { chalk, root } = bodies;
  bodies.chalkOf = new Int16Array(hedges.length).fill(-1);
  let count = 0;
  hedges.forEach((hedge, field) => {
    if (hedge === 1) return;
    if (count === chalk.length) chalk.push(makeNode(`chalk ${count}`, root));
    const node = chalk[count];
    bodies.chalkOf[field] = count++;
    node.setEnabled(true);
    placeOnField(node, field, side);
  });
  for (const node of chalk.slice(count)) node.setEnabled(false);
}

function layHedges(bodies: MazeBodies, maze: Maze): void {
  const blocks = hedgeBlocks(maze);
  for (let index = bodies.hedges.length; index < blocks.length; index++) {
    const box = CreateBox(`hedge ${index}`, { size: 1 }, bodies.root.getScene());
    box.parent = bodies.root;
    box.isVisible = false;
    box.isPickable = false;
    box.metadata = HEDGE;
    bodies.hedges.push(box);
  }
  bodies.hedges.forEach((box, index) => {
    const block = blocks[index];
    box.setEnabled(block !== undefined);
    if (!block) return;
    box.position.set(block.x, 0.5, block.z);
    box.scaling.set(block.width, 1, block.depth);
  });
}

function placeOnField(node: TransformNode, field: number, side: number): void {
  const column = field % side;
  node.position.set(placeOf(column, side), 0, placeOf((field - column) / side, side));
}

function makeNode(name: string, root: TransformNode): TransformNode {
  const node = new TransformNode(name, root.getScene());
  node.parent = root;
  return node;
}

/** Side of the widest maze, in metres. */
export const WIDEST = (2 * mazeConfig.sizes.most + 1) * mazeConfig.field;
