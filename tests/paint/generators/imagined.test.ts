import { beforeAll, describe, expect, it } from "vitest";
import { CODE } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { imaginedGenerator } from "../../../plugin/paint/generators/imagined.ts";
import { loadImaginer, type Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { codeArithmetic, mixCodes } from "../../../plugin/paint/imaginer/texture-code.ts";
import { paintHere, requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import type { PaintRequest } from "../../../plugin/paint/painter/paint-request.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import type { OrderPicture } from "../../../plugin/paint/texture-generator.ts";
import { untaughtImaginer } from "../imaginer/untaught-imaginer.ts";

let imaginer: Imaginer;
let other: Imaginer;
beforeAll(async () => {
  [imaginer, other] = await Promise.all(
    [3, 4].map(async (seed) => loadImaginer(await untaughtImaginer(seed), { backend: "wasm" })),
  );
});
const networks = { findImaginer: () => Promise.resolve(imaginer) };

/** A picture of bytes, as pictures of recipes are. */
const pattern = (role: string, step: number, channels: 1 | 3 = 3): OrderPicture => ({
  role,
  name: `${role} ${step}.png`,
  picture: picture(
    32,
    48,
    channels,
    Float32Array.from({ length: 32 * 48 * channels }, (_, i) => ((i * step) % 256) / 255),
  ),
});
const paint = (settings: PaintRequest["settings"], pictures: OrderPicture[] = []) =>
  paintHere({ generator: "imagined", seed: 7, size: 32, settings: settings ?? {}, pictures }, {}, networks);

describe("The imagined generator", () => {
  it("draws the code of a class with attributes and changes", async () => {
    const { maps, recipe } = await paint({ material: "sand", attributes: { moss: 1 }, change: { dirt: -0.5 } });
    const code = imaginer.moved(imaginer.codeOf("sand", { moss: 1 }), { dirt: -0.5 });
    expect(maps).toEqual(await imaginer.imagine(code, { seed: 7, size: 32 }));
    expect(recipe.settings).toEqual({ material: "sand", attributes: { moss: 1 }, change: { dirt: -0.5 } });
  });

  it("mixes pictures, takes away and adds what others are like, and keeps to a layout", async () => {
    const pictures = [pattern("like", 3), pattern("like", 7), pattern("without", 11), pattern("plus", 13)];
    const layout = pattern("layout", 5, 1);
    const { maps } = await paint({ weights: [3, 1], relief: 0.1 }, [...pictures, layout]);
    const [a, b, without, plus] = await Promise.all(pictures.map(({ picture: one }) => imaginer.encode(one)));
    const code = codeArithmetic(mixCodes([a, b], [3, 1]), without, plus);
    const plain = await imaginer.imagine(code, { seed: 7, size: 32, relief: 0.1 });
    expect(maps.relief).toBe(0.1);
    expect(maps.heights).not.toEqual(plain.heights); // the layout has a say
    const { maps: free } = await paint({ weights: [3, 1], relief: 0.1 }, pictures);
    expect(free).toEqual(plain);
  });

  it.each(["without", "plus"])(
    "sets the middle of all classes against a picture that comes alone as %s",
    async (role) => {
      const pictures = [pattern("like", 3), pattern(role, 11)];
      const [like, other] = await Promise.all(pictures.map(({ picture: one }) => imaginer.encode(one)));
      const middle = mixCodes(["brick", "sand"].map((name) => imaginer.codeOf(name)));
      const [without, plus] = role === "without" ? [other, middle] : [middle, other];
      const { maps } = await paint({}, pictures);
      expect(maps).toEqual(await imaginer.imagine(codeArithmetic(like, without, plus), { seed: 7, size: 32 }));
    },
  );

  it("makes a recipe's pixels again, and refuses to with another network", async () => {
    const pictures = [pattern("like", 3)];
    const painted = await paint({}, pictures);
    expect(painted.recipe.imaginer).toBe(imaginer.fileHash);
    const request = await requestOf(JSON.parse(JSON.stringify(painted.recipe)) as typeof painted.recipe, pictures);
    expect(await paintHere(request, {}, networks)).toEqual(painted);
    await expect(paintHere(request, {}, { findImaginer: () => Promise.resolve(other) })).rejects.toThrow(
      /^Recipe: needed the imaginer with the SHA-256 [0-9a-f]{12}…, came [0-9a-f]{12}…\./,
    );
  });

  it("ends when it is cancelled", async () => {
    const controller = new AbortController();
    const order = { generator: "imagined", size: 32, settings: { material: "sand" } };
    const stages: string[] = [];
    const painting = paintHere(
      order,
      {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          stages.push(stage);
          if (stage === "Imagining it") controller.abort(new Error("enough"));
        },
      },
      networks,
    );
    await expect(painting).rejects.toThrow("enough");
    expect(stages).toEqual(["Getting ready", "Looking at the pictures", "Imagining it"]);
  });

  it.each<[string, Partial<PaintRequest>, string]>([
    ["no source", {}, 'needed either a material, or pictures as "like", or a code, came 0 of them.'],
    ["two sources", { settings: { material: "sand", code: [1] } }, "came 2 of them"],
    ["weights of a class", { settings: { material: "sand", weights: [1] } }, '"weights"'],
    ["odd sides", { size: 40, settings: { material: "sand" } }, "came 40 × 40"],
    ["an unknown class", { settings: { material: "cheese" } }, 'came "cheese"'],
    ["a short code", { settings: { code: [1, 2] } }, `needed a code of ${CODE} finite numbers`],
    ["no numbers", { settings: { code: ["a"] } }, "a list of some finite numbers"],
    ["a wild change", { settings: { material: "sand", change: { moss: 3 } } }, "from -1 to 1"],
    ["two takings", { pictures: [pattern("without", 3), pattern("without", 5)] }, "at most one"],
    ["a grey picture", { pictures: [pattern("like", 3, 1)] }, "needed 3 channels"],
  ])("says what is wrong with %s", async (_name, request, words) => {
    const whole = { size: 32, ...request, generator: "imagined" };
    await expect(paintHere(whole, {}, networks)).rejects.toThrow(words);
  });

  it("says that there is no network", () => {
    const order = { seed: 1, width: 32, height: 32, settings: { material: "sand" }, pictures: [] };
    expect(() => imaginedGenerator(null).check(order)).toThrow(
      'Generator "imagined": needed a network that imagines, came none. Give servePainting an imaginerUrl.',
    );
  });
});
