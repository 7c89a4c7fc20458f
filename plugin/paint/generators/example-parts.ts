import { ConfigurationError } from "../../core/errors.ts";
import type { Picture } from "../picture.ts";
import type { OrderPicture, PaintOrder } from "../texture-generator.ts";
import { picturesAs } from "./check-order.ts";

/** Maps that may come with an example, in the order in which they are stacked. */
export const MAP_ROLES = ["exampleHeights", "exampleRoughness", "exampleMetallic"] as const;

/** What a picture can be for the generator `"example"`. */
export const EXAMPLE_ROLES: readonly string[] = [
  "example",
  "guide",
  "exampleGuide",
  "sampleMask",
  "region",
  ...MAP_ROLES,
];

/** Sizes of the same shape may differ by rounding. */
const SHAPE_TOLERANCE = 0.02;

/** @throws ConfigurationError unless the pictures belong together. */
export function assertParts(who: string, order: PaintOrder): void {
  const examples = picturesAs(order, "example");
  if (examples.length === 0) {
    throw new ConfigurationError(`${who}: needed a picture as "example", came none. Give one to several.`);
  }
  for (const { name, picture } of examples) {
    if (picture.channels !== 3) refuseChannels(who, name, picture, "3 channels");
    if (Math.min(picture.width, picture.height) < 16) {
      throw new ConfigurationError(
        `${who}: needed at least 16 × 16 pixels of the picture "${name}", came ${picture.width} × ${picture.height}. Give a larger one.`,
      );
    }
  }
  for (const role of ["sampleMask", ...MAP_ROLES]) assertCompanions(who, order, role, examples);
  const guides = picturesAs(order, "guide");
  const regions = picturesAs(order, "region");
  assertAtMostOne(who, "guide", guides);
  assertAtMostOne(who, "region", regions);
  const exampleGuides = picturesAs(order, "exampleGuide");
  if (guides.length === 0 && exampleGuides.length > 0) {
    throw new ConfigurationError(
      `${who}: needed a "guide" beside those of the examples, came none. Say what goes where.`,
    );
  }
  if (guides.length > 0) assertGuides(who, guides[0].picture, exampleGuides, examples);
  if (regions.length > 0) assertRegion(who, order, examples, regions[0].picture);
}

/** One for each example, or none. */
function assertCompanions(who: string, order: PaintOrder, role: string, examples: readonly OrderPicture[]): void {
  const companions = picturesAs(order, role);
  if (companions.length === 0) return;
  assertCount(who, role, companions.length, examples.length);
  companions.forEach(({ name, picture }, i) => {
    if (picture.channels !== 1 && picture.channels !== 3) refuseChannels(who, name, picture, "1 or 3 channels");
    assertShape(who, name, role, picture, examples[i].picture);
  });
}

function assertGuides(
  who: string,
  guide: Picture,
  exampleGuides: readonly OrderPicture[],
  examples: readonly OrderPicture[],
): void {
  assertCount(who, "exampleGuide", exampleGuides.length, examples.length);
  exampleGuides.forEach(({ name, picture }, i) => {
    if (picture.channels !== guide.channels) {
      refuseChannels(who, name, picture, `${guide.channels} channels like the guide`);
    }
    assertShape(who, name, "exampleGuide", picture, examples[i].picture);
  });
}

function assertRegion(who: string, order: PaintOrder, examples: readonly OrderPicture[], region: Picture): void {
  if (examples.length !== 1) {
    throw new ConfigurationError(
      `${who}: needed one "example" with a region, came ${examples.length}. Leave out the others.`,
    );
  }
  assertShape(who, "region", "region", region, examples[0].picture);
  assertShape(who, "result", "example", order, examples[0].picture);
}

function assertAtMostOne(who: string, role: string, found: readonly OrderPicture[]): void {
  if (found.length <= 1) return;
  throw new ConfigurationError(
    `${who}: needed at most one picture as "${role}", came ${found.length}. Leave out the others.`,
  );
}

function assertCount(who: string, role: string, found: number, needed: number): void {
  if (found === needed) return;
  throw new ConfigurationError(
    `${who}: needed one "${role}" for each of the examples, ${needed} in all, came ${found}. Give them in the examples' order.`,
  );
}

interface Shape {
  readonly width: number;
  readonly height: number;
}

function assertShape(who: string, name: string, role: string, one: Shape, other: Shape): void {
  const difference = Math.abs((one.width * other.height) / (one.height * other.width) - 1);
  const rounding = 1 / Math.min(one.width, one.height);
  if (difference <= Math.max(SHAPE_TOLERANCE, rounding)) return;
  const needed = role === "example" ? "the result in the example's shape" : `"${name}" in its example's shape`;
  throw new ConfigurationError(
    `${who}: needed ${needed} of ${other.width} × ${other.height}, came ${one.width} × ${one.height}. Give it the same shape.`,
  );
}

function refuseChannels(who: string, name: string, { channels }: Picture, needed: string): never {
  throw new ConfigurationError(
    `${who}: needed ${needed} of the picture "${name}", came ${channels}. Read it with readPicture.`,
  );
}
