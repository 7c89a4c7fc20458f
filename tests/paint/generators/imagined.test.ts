import { beforeAll, describe, expect, it } from "vitest";
import { CODE } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { imaginedGenerator } from "../../../plugin/paint/generators/imagined.ts";
import { mapsInSize } from "../../../plugin/paint/generators/imagined-size.ts";
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

  it("goes towards a class before attributes are moved, and makes the same pixels again", async () => {
    const settings = { towards: { material: "brick", share: 0.25 }, change: { moss: 0.5 } };
    const pictures = [pattern("like", 3)];
    const painted = await paint(settings, pictures);
    const seen = await imaginer.encode(pictures[0].picture);
    const mixed = mixCodes([seen, imaginer.codeOf("brick")], [0.75, 0.25]);
    const code = imaginer.moved(mixed, { moss: 0.5 });
    expect(painted.maps).toEqual(await imaginer.imagine(code, { seed: 7, size: 32 }));
    const request = await requestOf(JSON.parse(JSON.stringify(painted.recipe)) as typeof painted.recipe, pictures);
    expect(await paintHere(request, {}, networks)).toEqual(painted);
    // All of the way, nothing of the picture is left; with nothing of it, nothing is moved.
    const at = async (share: number) => (await paint({ towards: { material: "brick", share } }, pictures)).maps;
    expect(await at(1)).toEqual((await paint({ material: "brick" })).maps);
    expect(await at(0)).toEqual((await paint({}, pictures)).maps);
  });

  it.each([
    // The next multiples of 16 are drawn: 512 × 48, 16 × 16; 4096 × 8 at half of it, 2048 × 4, so 2048 × 16.
    [500, 40, 512, 48],
    [8, 8, 16, 16],
    [4096, 8, 2048, 16],
  ])("draws %i × %i pixels out of %i × %i", async (width, height, drawnWidth, drawnHeight) => {
    const settings = { material: "sand", relief: 0.1 };
    const order = { generator: "imagined", seed: 7, size: { width, height }, settings };
    const { maps, recipe } = await paintHere(order, {}, networks);
    const size = { width: drawnWidth, height: drawnHeight };
    const drawn = await imaginer.imagine(imaginer.codeOf("sand"), { seed: 7, size, relief: 0.1 });
    expect(maps).toMatchObject({ width, height, relief: 0.1 });
    expect(maps.albedo).toHaveLength(3 * width * height);
    expect(maps).toEqual(mapsInSize(drawn, { width, height }));
    expect(recipe).toMatchObject({ width, height });
  });

  it("reads a layout in any size", async () => {
    const order = { generator: "imagined", seed: 7, size: 40, settings: { material: "sand" } };
    const { maps: free } = await paintHere(order, {}, networks);
    const { maps } = await paintHere({ ...order, pictures: [pattern("layout", 5, 1)] }, {}, networks);
    expect(maps.heights).not.toEqual(free.heights);
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
    ["tiny sides", { size: 7, settings: { material: "sand" } }, "needed a width of 8 to 4096 whole pixels, came 7"],
    ["an unknown class", { settings: { material: "cheese" } }, 'came "cheese"'],
    ["a short code", { settings: { code: [1, 2] } }, `needed a code of ${CODE} finite numbers`],
    ["no numbers", { settings: { code: ["a"] } }, "a list of some finite numbers"],
    ["a wild change", { settings: { material: "sand", change: { moss: 3 } } }, "from -1 to 1"],
    ["half a way", { settings: { material: "sand", towards: { material: "brick" } } }, "share from 0 to 1"],
    [
      "too long a way",
      { settings: { material: "sand", towards: { material: "brick", share: 2 } } },
      '"towards" needed',
    ],
    [
      "a way to nowhere",
      { settings: { material: "sand", towards: { material: "cheese", share: 1 } } },
      'came "cheese"',
    ],
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
