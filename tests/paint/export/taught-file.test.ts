import { expect, it } from "vitest";
import { encodeContainer } from "../../../plugin/core/container.ts";
import { PolicyFileError } from "../../../plugin/core/errors.ts";
import { encodeWeights } from "../../../plugin/nets/weights-file.ts";
import { encodeSpecies } from "../../../plugin/paint/automata/species.ts";
import { taughtFile } from "../../../plugin/paint/export/material-files.ts";
import { decodeTaught } from "../../../plugin/paint/export/taught-file.ts";
import { encodeImaginerFit } from "../../../plugin/paint/imaginer/imaginer-fit.ts";
import { anySpecies } from "../automata/any-species.ts";

const species = anySpecies("moss", 1);
const fit = { name: "my bark", base: "ab".repeat(32), code: Float32Array.of(1, 2), changes: {}, birth: {} };
const file = encodeSpecies(species, "float32");

it("A file of something that was taught says which it is", () => {
  expect(decodeTaught(file, "moss.bnw")).toEqual({ kind: "species", species });
  expect(decodeTaught(encodeImaginerFit(fit), "my-bark.bnw")).toEqual({ kind: "fit", fit });
});

it("What was taught is saved under a name that fits every disc, byte for byte", () => {
  const type = "application/octet-stream";
  expect(taughtFile("My bark, süß", file)).toEqual({ name: "my-bark-su.bnw", type, bytes: file });
  expect(taughtFile("石", file).name).toBe("material.bnw");
});

const again = "Copy or download it again, or teach anew.";

it.each<[string, Uint8Array, string]>([
  [
    "words",
    new TextEncoder().encode("Dear Sir"),
    "needed a file of babylon-neural, came one that begins with 44 65 61 72 20 53 69 72. Check the address; other kinds of files cannot be read.",
  ],
  ["nothing", new Uint8Array(), `needed a file of babylon-neural, came an empty one. ${again}`],
  [
    "cut off",
    file.subarray(0, file.length - 4),
    `needed ${file.length} bytes, came ${file.length - 4}. The file is cut off. ${again}`,
  ],
  ["a policy", encodeContainer("policy", 1, {}, {}), 'needed a network, came a "policy". Open it as what it is.'],
  [
    "of a newer release",
    encodeContainer("network", 2, {}, {}),
    "needed format version 1 or older, came 2. Upgrade babylon-neural, or save it with this release.",
  ],
  [
    "another network",
    encodeWeights({ network: "denoiser", spec: {}, tensors: {}, birth: {} }),
    'needed a living texture or an imagined material that was saved, came a network "denoiser". Choose another file.',
  ],
])("A file that is %s is refused", (_what, bytes, message) => {
  expect(() => decodeTaught(bytes, "a.bnw")).toThrow(new PolicyFileError(`File "a.bnw": ${message}`));
});
