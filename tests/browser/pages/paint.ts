import {
  createPainter,
  keepPicture,
  keptPictures,
  pictureHash,
  readPicture,
  readRecipe,
  type Painter,
} from "../../../plugin/paint.ts";
import { digestImages } from "./digest-images.ts";
import { watchTasks } from "./watch-tasks.ts";

/** What came of a picture file. */
export interface ReadAnswer {
  readonly error: string | null;
  readonly width: number;
  readonly height: number;
  readonly notes: readonly string[];
  /** The upper left and the lower right pixel, in bytes. */
  readonly corners: readonly (readonly number[])[];
  readonly masked: boolean;
}

/** What one sitting measured. */
export interface Sitting {
  /** The longest task of the page in milliseconds; 0 where all were shorter than 50. */
  readonly longestTask: number;
  /** Milliseconds from a cancel to its rejection. */
  readonly cancelMilliseconds: number;
  /** Milliseconds from the order to the first preview. */
  readonly previewMilliseconds: number;
  readonly zipBytes: number;
  readonly zipMilliseconds: number;
  /** Whether the zip gave back the same images. */
  readonly zipIsSame: boolean;
}

const FAILED = { width: 0, height: 0, notes: [], corners: [], masked: false };

function makePainter(): Painter {
  return createPainter(() => new Worker(new URL("./paint.worker.ts", import.meta.url), { type: "module" }));
}

/** A photograph of 12 million pixels, as a phone makes it. */
async function photograph(): Promise<Blob> {
  const canvas = new OffscreenCanvas(4000, 3000);
  const context = canvas.getContext("2d")!;
  for (let i = 0; i < 500; i++) {
    context.fillStyle = `hsl(${(i * 47) % 360} 60% ${20 + ((i * 13) % 60)}%)`;
    context.fillRect((i * 997) % 4000, (i * 331) % 3000, 300, 200);
  }
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
}

/** What the tests of painting in a browser ask of this page. */
export const paintPage = {
  async read(bytes: readonly number[]): Promise<ReadAnswer> {
    try {
      const { picture, notes, sampleMask } = await readPicture(new Blob([Uint8Array.from(bytes)]));
      const { width, height, pixels } = picture;
      const pixel = (index: number): number[] =>
        Array.from(pixels.subarray(3 * index, 3 * index + 3), (value) => Math.round(value * 255));
      return {
        error: null,
        width,
        height,
        notes,
        corners: [pixel(0), pixel(width * height - 1)],
        masked: sampleMask !== null,
      };
    } catch (error) {
      return { ...FAILED, error: (error as Error).message };
    }
  },

  /** A digest of a procedural material's images. */
  async paint(material: string, size: number): Promise<string> {
    const painter = makePainter();
    const painted = await painter.paint({ generator: "procedural", settings: { material }, size, seed: 3 });
    painter.dispose();
    return digestImages(painted);
  },

  /** Paints from a photograph, keeps it, and gives the recipe and a digest. */
  async paintAndKeep(): Promise<{ readonly recipe: string; readonly digest: string }> {
    const painter = makePainter();
    const { picture } = await readPicture(await photograph(), { mostPixels: 6400 });
    const pictures = [{ role: "example", name: "photograph.jpg", picture }];
    const painted = await painter.paint({ generator: "example", size: 48, settings: { quality: "fast" }, pictures });
    await keepPicture(picture);
    painter.dispose();
    return { recipe: JSON.stringify(painted.recipe), digest: await digestImages(painted) };
  },

  /** Paints a recipe again from the pictures that were kept. */
  async repaint(json: string): Promise<string> {
    const painter = makePainter();
    const recipe = readRecipe(json);
    const painted = await painter.repaint(recipe, await keptPictures(recipe));
    painter.dispose();
    return digestImages(painted);
  },

  /** Does all that a page does, and measures whether its frames survive it. */
  async sit(): Promise<Sitting> {
    const file = await photograph();
    const painter = makePainter();
    await painter.paint({ generator: "procedural", settings: { material: "sand" }, size: 32 });
    await new Promise((resolve) => setTimeout(resolve, 500)); // whatever the page did before is over
    const tasks = watchTasks();
    const { picture, name } = await painter.readPicture(file);
    await pictureHash(picture);
    await keepPicture(picture);
    const controller = new AbortController();
    let previewMilliseconds = Number.NaN;
    const start = performance.now();
    let preview = (): void => {};
    const previewCame = new Promise<void>((resolve) => {
      preview = resolve;
    });
    const painting = painter
      .paint(
        {
          generator: "example",
          size: 256,
          settings: { quality: "fast" },
          pictures: [{ role: "example", name, picture }],
        },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            if (!progress.preview() || !Number.isNaN(previewMilliseconds)) return;
            previewMilliseconds = performance.now() - start;
            preview();
          },
        },
      )
      .catch(() => performance.now());
    await Promise.race([previewCame, painting]);
    const cancelled = performance.now();
    controller.abort();
    const rejected = await painting;
    const painted = await painter.paint({ generator: "procedural", settings: { material: "brick" }, size: 512 });
    const zipStart = performance.now();
    const zip = await painter.exportZip(painted);
    const zipMilliseconds = performance.now() - zipStart;
    const { images } = await painter.importZip(zip);
    await painter.encodeMap(painted, "normal");
    const longestTask = await tasks.stop();
    painter.dispose();
    return {
      longestTask,
      cancelMilliseconds: typeof rejected === "number" ? rejected - cancelled : Number.NaN,
      previewMilliseconds,
      zipBytes: zip.length,
      zipMilliseconds,
      zipIsSame: (await digestImages({ images })) === (await digestImages(painted)),
    };
  },
};

declare global {
  var paintPage: {
    read(bytes: readonly number[]): Promise<ReadAnswer>;
    paint(material: string, size: number): Promise<string>;
    paintAndKeep(): Promise<{ readonly recipe: string; readonly digest: string }>;
    repaint(json: string): Promise<string>;
    sit(): Promise<Sitting>;
  };
}

globalThis.paintPage = paintPage;
