import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import type { SynthesisExample, SynthesisOptions } from "../../../plugin/paint/synthesis/synthesis-options.ts";

const colours = picture(32, 24, 3);
const full = picture(32, 24, 1, new Float32Array(32 * 24).fill(1));

test.each<[string, SynthesisExample | readonly SynthesisExample[], SynthesisOptions, string]>([
  ["no picture", [], {}, "at least one example is needed, got none. Give a picture."],
  [
    "a picture of one pixel",
    { picture: picture(1, 1, 3) },
    {},
    "the picture's height must be 16 to 4096 whole pixels, got 1. Choose another size.",
  ],
  [
    "a second picture that is too narrow",
    [{ picture: colours }, { picture: picture(32, 8, 3) }],
    {},
    "example 2's width must be 16 to 4096 whole pixels, got 8. Choose another size.",
  ],
  [
    "an endless result",
    { picture: colours },
    { size: { height: 64, width: 10_000 } },
    "size.width must be 16 to 4096 whole pixels, got 10000. Choose another size.",
  ],
  [
    "a result that no memory holds",
    { picture: picture(16, 16, 8) },
    { size: { height: 4096, width: 4096 } },
    "the result must hold at most 67108864 values, height × width × channels, got 134217728. Choose a smaller size.",
  ],
  [
    "pictures of different kinds",
    [{ picture: colours }, { picture: full }],
    {},
    "all examples must have the same number of channels, got 3 and 1. Give them the same maps in the same order.",
  ],
  [
    "an unknown quality",
    { picture: colours },
    { quality: "superb" as "best" },
    'quality must be one of fast, good, best, got "superb". Leave it out for the usual one.',
  ],
  [
    "an unknown layout",
    { picture: colours },
    { layout: "grid" as "new" },
    'layout must be one of new, kept, got "grid". Leave it out for the usual one.',
  ],
  [
    "a seed that is no number",
    { picture: colours },
    { seed: NaN },
    "seed must be a number, got NaN. Leave it out for the first variation.",
  ],
  [
    "too much regularity",
    { picture: colours },
    { regularity: 1.5 },
    "regularity must be from 0 to 1, got 1.5. Leave it out to let the picture decide.",
  ],
  [
    "a negative weight",
    [{ picture: colours }, { picture: colours, weight: -1 }],
    {},
    "example 2's weight must be 0 or more, got -1. Leave it out for an equal share.",
  ],
  [
    "no weight at all",
    [{ picture: colours, weight: 0 }],
    {},
    "at least one example must have a weight above 0, got none. Raise one.",
  ],
  [
    "a mask of another size",
    [{ picture: colours, sampleMask: picture(16, 16, 1) }],
    {},
    "the picture's sampleMask must be 32×24×1, got 16×16×1. Draw it at that size.",
  ],
  [
    "a mask that leaves nothing",
    [{ picture: colours, sampleMask: picture(32, 24, 1) }],
    {},
    "the picture's sampleMask must leave something to copy, got nothing. Mark places to copy with 1.",
  ],
  [
    "masks of all weighted pictures are what counts",
    [
      { picture: colours, sampleMask: full },
      { picture: colours, weight: Infinity },
    ],
    {},
    "example 2's weight must be 0 or more, got Infinity. Leave it out for an equal share.",
  ],
  [
    "a guide of the result alone",
    [{ picture: colours }, { picture: colours, guide: full }],
    { guide: full },
    "every example needs a guide when the result has one, got 1 of 2. Say for each example what is where.",
  ],
  [
    "guides of the pictures alone",
    [{ picture: colours, guide: full }],
    {},
    "a guide of the result is needed with guides of examples, got none. Say what should be where.",
  ],
  [
    "a guide of another size",
    [{ picture: colours, guide: full }],
    { guide: picture(16, 16, 1) },
    "guide must be 32×24×1, got 16×16×1. Draw it at that size.",
  ],
  [
    "guides with different labels",
    [{ picture: colours, guide: full }],
    { guide: picture(32, 24, 2) },
    "the picture's guide must be 32×24×2, got 32×24×1. Draw it at that size.",
  ],
  [
    "a region in a new layout",
    { picture: colours },
    { region: full, layout: "new" },
    'a region needs the layout "kept", got "new". Leave the layout out.',
  ],
  [
    "a region in a larger result",
    { picture: colours },
    { region: full, size: { height: 64, width: 64 } },
    "with a region the result must have the picture's size of 32×24, got 64×64. Leave the size out.",
  ],
  [
    "a region of another size",
    { picture: colours },
    { region: picture(24, 32, 1) },
    "region must be 32×24×1, got 24×32×1. Draw it at that size.",
  ],
])("%s: refused", async (_, examples, options, message) => {
  const list = "picture" in examples ? [examples] : examples;
  await expect(synthesise(list, options)).rejects.toThrow(new ConfigurationError(`synthesise: ${message}`));
});
