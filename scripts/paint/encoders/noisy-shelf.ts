import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { Presets, SingleBar } from "cli-progress";
import { Random } from "../../../plugin/core/random.ts";
import type { NoisyShelf } from "../../../plugin/nets/encoders/denoiser-task.ts";
import { noisyPicture, type NoisyPicture } from "../../../plugin/nets/encoders/noisy-picture.ts";
import type { CropShelf } from "../../../plugin/nets/encoders/take-crops.ts";

const FOLDER = ".cache/encoders/noisy";
/** Standard deviations of the noise. */
const NOISE = [0.03, 0.25] as const;
const STREAM = 0x2e1a;
/** Numbers before the pictures in a file: the deviation. */
const HEAD = 4;

/** Pictures with noise, each made once and then kept in a folder. */
export async function fillNoisyShelf({ count, side, picture }: CropShelf): Promise<NoisyShelf> {
  await mkdir(FOLDER, { recursive: true });
  const bar = new SingleBar({ format: "noise {bar} {value}/{total}", noTTYOutput: true }, Presets.shades_classic);
  bar.start(count, 0);
  const pictures: NoisyPicture[] = [];
  for (let index = 0; index < count; index++) {
    const file = `${FOLDER}/${index}.i16`;
    if (!existsSync(file)) {
      const { noisy, base, deviation } = noisyPicture(picture(index), side, NOISE, new Random(index, STREAM));
      await writeFile(`${file}.part`, [Float32Array.of(deviation), noisy, base].map(bytesOf).reduce(joined));
      await rename(`${file}.part`, file);
    }
    const { buffer } = new Uint8Array(await readFile(file));
    const size = side * side * 3;
    pictures.push({
      clean: picture(index),
      deviation: new Float32Array(buffer, 0, 1)[0],
      noisy: new Int16Array(buffer, HEAD, size),
      base: new Int16Array(buffer, HEAD + 2 * size, size),
    });
    bar.update(index + 1);
  }
  bar.stop();
  return { count, side, picture: (index) => pictures[index] };
}

function bytesOf({ buffer }: Float32Array | Int16Array): Buffer {
  return Buffer.from(buffer);
}

function joined(a: Buffer, b: Buffer): Buffer {
  return Buffer.concat([a, b]);
}
