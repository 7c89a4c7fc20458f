import { readFile } from "node:fs/promises";
import jpeg from "jpeg-js";
import { Random } from "../../../plugin/core/random.ts";
import { withSensorNoise, type SensorNoise } from "../../../plugin/paint/grain/sensor-noise.ts";
import { sceneCrops } from "../../../plugin/paint/grain/scene-crops.ts";
import { cropped, picture, type Picture } from "../../../plugin/paint/picture.ts";
import { examPicture, SIDE } from "../encoders/picture-shelf.ts";

/** The noise that is judged by: a camera at night. */
export const NIGHT: SensorNoise = { electrons: 40, readNoise: 1.5 };
/** Weaker and stronger noise, for the card. */
export const OTHER_NOISES: readonly SensorNoise[] = [
  { electrons: 15, readNoise: 1.5 },
  { electrons: 150, readNoise: 1.5 },
  { electrons: 800, readNoise: 1.5 },
];
/** Streams of chance: of scenes, and of their noise. */
const SCENE = 0x6a11;
const NOISE = 0x6a12;
/** Pictures of a class that a scene is put together from. */
const PIECES = 2;
/** Pixels on each side of frames that are judged. */
const SIDE_OF_FRAMES = 96;

/** A frame without noise, and as a dim camera sees it. */
export interface GrainExam {
  readonly clean: Picture;
  readonly noisy: Picture;
}

/** A scene of pictures of one class that nobody has learned from. @param side - A multiple of 8. */
export function grainExam(name: string, seed: number, { side = SIDE_OF_FRAMES, noise = NIGHT } = {}): GrainExam {
  const pictures = Array.from({ length: PIECES }, (_, i) => pieceOf(name, PIECES * seed + i));
  const shelf = { count: PIECES, side: SIDE, picture: (index: number): Uint8Array => pictures[index] };
  const clean = sceneCrops(shelf, Uint32Array.of(0), side, new Random(seed, SCENE));
  return { clean: picture(side, side, 3, clean), noisy: noisyFrame(picture(side, side, 3, clean), noise, seed) };
}

/** Frames of the sample game, drawn by Babylon, and where in them nothing of the page lies over the scene. */
const GAME_FRAMES = [
  { name: "Golem Yard", file: "golem-yard-chase.jpg", top: 250, left: 540 },
  { name: "Hedge Maze", file: "hedge-maze.jpg", top: 150, left: 520 },
  { name: "Atelier", file: "atelier.jpg", top: 200, left: 400 },
] as const;
const GAME_SIDE = 192;

/** Parts of the game's own frames, in which nothing but noise is new; they lie in docs/, as JPEG files. */
export async function gameExams(noise = NIGHT): Promise<(GrainExam & { readonly name: string })[]> {
  const exams: (GrainExam & { readonly name: string })[] = [];
  for (const { name, file, top, left } of GAME_FRAMES) {
    const bytes = await readFile(new URL(`../../../docs/${file}`, import.meta.url));
    const { width, height, data } = jpeg.decode(bytes, { useTArray: true });
    const pixels = Float32Array.from(
      { length: 3 * width * height },
      (_, i) => data[4 * Math.floor(i / 3) + (i % 3)] / 255,
    );
    const clean = cropped(picture(height, width, 3, pixels), top, left, GAME_SIDE, GAME_SIDE);
    exams.push({ name, clean, noisy: noisyFrame(clean, noise, exams.length) });
  }
  return exams;
}

/** What a dim camera makes of a frame. */
export function noisyFrame({ height, width, pixels }: Picture, noise: SensorNoise, seed: number): Picture {
  const random = new Random(seed, NOISE);
  return picture(
    height,
    width,
    3,
    withSensorNoise(pixels, noise, () => random.normal()),
  );
}

const pieces = new Map<string, Uint8Array>();

/** A picture in bytes; each is drawn once. */
function pieceOf(name: string, seed: number): Uint8Array {
  const key = `${name} ${seed}`;
  let bytes = pieces.get(key);
  if (!bytes) {
    bytes = Uint8Array.from(examPicture(name, seed).pixels, (value) => Math.round(255 * value));
    pieces.set(key, bytes);
  }
  return bytes;
}
