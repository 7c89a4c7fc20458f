import {
  createPainter,
  type PaintedMaterial,
  type Painter,
  type PaintRequest,
  type Picture,
} from "../../../plugin/paint.ts";
import { digestImages } from "../../browser/pages/digest-images.ts";
import { watchTasks } from "../../browser/pages/watch-tasks.ts";

/** What a painting starts from: a class whose attributes are moved, a picture that is looked at anew, or the code of one. */
export const CODE_SOURCES = ["class", "picture", "code"] as const;

/** One painting, as the page got it. */
export interface ImaginedPainting {
  readonly source: (typeof CODE_SOURCES)[number];
  /** The class, or that of the picture. */
  readonly material: string;
  /** From the call to the finished material. */
  readonly seconds: number;
  /** Whether all maps and images came, whole and with nothing but numbers in them. */
  readonly isComplete: boolean;
  /** SHA-256 of its images. */
  readonly digest: string;
}

/** What one sitting measured. */
export interface ImagineSitting {
  readonly paintings: readonly ImaginedPainting[];
  /** The longest task of the page in milliseconds; 0 where all were shorter than 50. */
  readonly longestTask: number;
}

const SIDE = 256;
/** How a designer moves a class, away from its middle. */
const MOVED = { attributes: { wear: 0.7, scale: 0.6 }, change: { moss: 0.5 } };
/** Milliseconds that the page is held up once, to see that it would be noticed. */
const HELD_UP = 100;
const WARM_UP_SEED = 90_000;
const PICTURE_SEED = 700;

/** What the bench asks of this page. */
export const imaginePage = {
  /**
   * Paints so many materials of 256 × 256 pixels, one after the other, in a worker that is warm; sources and classes take turns. For traces it marks
   * the beginning of each, `painting 0` and so on, and the end of the last.
   */
  async sit(rounds: number): Promise<ImagineSitting> {
    await assertHoldUpsAreNoticed();
    const painter = createPainter(
      () => new Worker(new URL("./imagine.worker.ts", import.meta.url), { type: "module" }),
    );
    const { classes } = await painter.textureCodes();
    const plans: { readonly source: ImaginedPainting["source"]; readonly material: string; request: PaintRequest }[] =
      [];
    for (let round = 0; round < rounds; round++) {
      const source = CODE_SOURCES[round % CODE_SOURCES.length];
      const material = classes[round % classes.length].name;
      plans.push({ source, material, request: await requestFor(painter, source, material, round) });
    }
    for (const { request } of plans.slice(0, CODE_SOURCES.length)) {
      await painter.paint({ ...request, seed: WARM_UP_SEED }, { onProgress: () => {} });
    }
    await rest(); // whatever the page did before is over

    const tasks = watchTasks();
    const done: { readonly painted: PaintedMaterial; readonly seconds: number }[] = [];
    for (const [i, { request }] of plans.entries()) {
      performance.mark(`painting ${i}`);
      const start = performance.now();
      const painted = await painter.paint(request, { onProgress: () => {} }); // so previews are made, as for any page that shows them
      done.push({ painted, seconds: (performance.now() - start) / 1000 });
    }
    performance.mark(`painting ${rounds}`);
    const longestTask = await tasks.stop();
    painter.dispose();

    const paintings: ImaginedPainting[] = [];
    for (const [i, { painted, seconds }] of done.entries()) {
      const { source, material } = plans[i];
      const digest = await digestImages(painted);
      paintings.push({ source, material, seconds, isComplete: isComplete(painted), digest });
    }
    return { paintings, longestTask };
  },
};

async function requestFor(
  painter: Painter,
  source: ImaginedPainting["source"],
  material: string,
  round: number,
): Promise<PaintRequest> {
  const request = { generator: "imagined", size: SIDE, seed: round + 1 };
  if (source === "class") return { ...request, settings: { material, ...MOVED } };
  const picture = await pictureOf(painter, material, PICTURE_SEED + round);
  if (source === "picture") return { ...request, pictures: [{ role: "like", name: material, picture }] };
  const { pictures } = await painter.textureCodes([picture]);
  return { ...request, settings: { code: Array.from(pictures[0]) } };
}

/** The colours of a material that nothing was learned from. */
async function pictureOf(painter: Painter, material: string, seed: number): Promise<Picture> {
  const { images } = await painter.paint({ generator: "procedural", settings: { material }, size: SIDE, seed });
  const colours = images.albedo.filter((_, i) => i % 4 < 3);
  return { width: SIDE, height: SIDE, channels: 3, pixels: Float32Array.from(colours, (byte) => byte / 255) };
}

function isComplete({ maps, images }: PaintedMaterial): boolean {
  const isWhole = (values: ArrayLike<number>, channels: number): boolean =>
    values.length === SIDE * SIDE * channels && Array.from(values).every(Number.isFinite);
  return (
    isWhole(maps.albedo, 3) &&
    [maps.heights, maps.roughness, maps.metallic, images.heights].every((map) => isWhole(map, 1)) &&
    [images.albedo, images.normal, images.orm].every((image) => isWhole(image, 4))
  );
}

/** @throws Error where a page that is held up looks like one that is not. */
async function assertHoldUpsAreNoticed(): Promise<void> {
  const tasks = watchTasks();
  await rest();
  for (const end = performance.now() + HELD_UP; performance.now() < end;);
  const longest = await tasks.stop();
  if (longest >= HELD_UP - 1) return;
  throw new Error(
    `imagine-page: needed a browser that tells of a task of ${HELD_UP} ms, came one that told of ${longest} ms. Use Chromium.`,
  );
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500));
}

declare global {
  var imaginePage: { sit(rounds: number): Promise<ImagineSitting> };
}

globalThis.imaginePage = imaginePage;
