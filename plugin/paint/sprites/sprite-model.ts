import { ConfigurationError, PolicyFileError } from "../../core/errors.ts";
import type { BirthCertificate } from "../../core/policy.ts";
import { UntrustedField } from "../../core/untrusted-field.ts";
import { decodeWeights, encodeWeights, type WeightPrecision, type WeightTensor } from "../../nets/weights-file.ts";
import { convolved, denseOf, enlarged, rectified, type PlainLayer, type Planes } from "./plain-layers.ts";
import { SPRITE_CHANNELS, SPRITE_SIDE, type Sprite } from "./sprite.ts";

/** A variational autoencoder, which knows the code of every sprite; or the generator of an adversarial network, which only makes some. */
export type SpriteModelKind = "vae" | "gan";

/** How large a model's networks are. */
export interface SpriteModelSpec {
  readonly kind: SpriteModelKind;
  /** Numbers of a code. */
  readonly code: number;
  /** Channels from 4 × 4 pixels to 32 × 32, each level twice as fine. */
  readonly widths: readonly [number, number, number, number];
}

const NETWORK = "sprites";
/** More is no network for a page. */
const MOST_CODE = 512;
const MOST_WIDTH = 512;
/** Pixels on each side of the coarsest level. */
const COARSE = 4;

/**
 * Makes sprites of codes, and codes of sprites, without TensorFlow.js: some ten milliseconds each, at once, in pages, workers and Node.
 * Get one by `loadSpriteModel`, or teach one by `teachSprites`.
 */
export class SpriteModel {
  readonly kind: SpriteModelKind;
  /** Numbers of a code. */
  readonly codeLength: number;
  readonly spec: SpriteModelSpec;
  readonly tensors: Readonly<Record<string, WeightTensor>>;
  readonly birth: BirthCertificate;

  /**
   * @param who - Named at the start of messages.
   * @throws PolicyFileError for tensors that are not those of such a model.
   */
  constructor(
    spec: SpriteModelSpec,
    tensors: Readonly<Record<string, WeightTensor>>,
    { birth = {}, who = "Sprite model" }: { readonly birth?: BirthCertificate; readonly who?: string } = {},
  ) {
    assertTensors(spec, tensors, who);
    this.kind = spec.kind;
    this.codeLength = spec.code;
    this.spec = spec;
    this.tensors = tensors;
    this.birth = birth;
  }

  /**
   * The sprite of a code. Allocates anew each time.
   *
   * @throws ConfigurationError for a code of another length, or with a number that is not finite.
   */
  decode(code: Float32Array): Sprite {
    this.#assertCode(code);
    const { widths } = this.spec;
    const first = rectified(denseOf(code, this.#layer("decoder code")));
    let planes: Planes = { side: COARSE, channels: widths[0], values: first };
    for (let level = 1; level < widths.length; level++) {
      planes = convolved(enlarged(planes), this.#layer(`decoder ${level}`));
      rectified(planes.values);
    }
    const { values } = convolved(planes, this.#layer("decoder picture"));
    for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(-values[i]));
    return { height: SPRITE_SIDE, width: SPRITE_SIDE, channels: SPRITE_CHANNELS, pixels: withinOpacity(values) };
  }

  /**
   * The code of a sprite: the middle of what its encoder holds possible.
   *
   * @throws ConfigurationError for a picture of another size, numbers beyond [0, 1], or of a model that only makes sprites.
   */
  encode(sprite: Sprite): Float32Array {
    if (this.kind === "gan") {
      throw new ConfigurationError(
        `SpriteModel: needed a variational autoencoder to tell a code from a sprite, came a "gan". Load models/sprites/vae.bnw.`,
      );
    }
    assertSprite(sprite);
    let planes: Planes = {
      side: SPRITE_SIDE,
      channels: SPRITE_CHANNELS,
      values: sprite.pixels.map((value) => 2 * value - 1),
    };
    for (let level = 1; level < this.spec.widths.length; level++) {
      planes = convolved(planes, this.#layer(`encoder ${level}`), 2);
      rectified(planes.values);
    }
    return denseOf(planes.values, this.#layer("encoder code")).slice(0, this.codeLength);
  }

  /** A code by chance, as likely as those of the pictures that it has learned from. @param noise - Standard normal, [code]. */
  codeOf(noise: Float32Array): Float32Array {
    this.#assertCode(noise);
    if (this.kind === "gan") return noise.slice();
    const factor: PlainLayer = { weights: this.tensors["code factor"], biases: this.tensors["code mean"] };
    return denseOf(noise, factor);
  }

  #layer(name: string): PlainLayer {
    return { weights: this.tensors[`${name} weights`], biases: this.tensors[`${name} biases`] };
  }

  #assertCode(code: Float32Array): void {
    const bad = code.findIndex((value) => !Number.isFinite(value));
    if (code.length === this.codeLength && bad < 0) return;
    const came = code.length === this.codeLength ? `${code[bad]} as number ${bad}` : `${code.length} numbers`;
    throw new ConfigurationError(
      `SpriteModel: needed a code of ${this.codeLength} finite numbers, came ${came}. Take one of \`encode\` or \`codeOf\`.`,
    );
  }
}

/** The bytes of a model's file, customarily `*.bnw`. @param precision - Default "float16". */
export function encodeSpriteModel(model: SpriteModel, precision: WeightPrecision = "float16"): Uint8Array {
  const { spec, tensors, birth } = model;
  return encodeWeights({ network: NETWORK, spec: { ...spec }, tensors, birth }, precision);
}

/**
 * Reads a model from the bytes of a file.
 *
 * @param file - Named in messages.
 * @throws PolicyFileError for a file that is foreign, truncated, changed, newer than this release, or of another network.
 */
export function decodeSpriteModel(bytes: Uint8Array, file: string): SpriteModel {
  const who = `Sprite model "${file}"`;
  const { spec, tensors, birth } = decodeWeights(bytes, NETWORK, who);
  const fields = new UntrustedField(spec, "spec", who);
  const kind = fields.get("kind").text();
  const code = fields.get("code").number();
  const widths = fields
    .get("widths")
    .list()
    .map((width) => width.number());
  const isSize = (size: number, most: number): boolean => Number.isInteger(size) && size >= 1 && size <= most;
  const isSound = isSize(code, MOST_CODE) && widths.length === 4 && widths.every((width) => isSize(width, MOST_WIDTH));
  if ((kind !== "vae" && kind !== "gan") || !isSound) {
    throw new PolicyFileError(
      `${who}: needed "vae" or "gan", a code of up to ${MOST_CODE} numbers and 4 widths of up to ${MOST_WIDTH}, came "${kind}", ${code} and [${widths.join(", ")}]. Copy or download it again, or teach anew.`,
    );
  }
  const [coarsest, coarse, fine, finest] = widths;
  return new SpriteModel({ kind, code, widths: [coarsest, coarse, fine, finest] }, tensors, { birth, who });
}

/**
 * Fetches a model, e.g. `models/sprites/vae.bnw`.
 *
 * @throws PolicyFileError when it is not there, or no model of sprites.
 */
export async function loadSpriteModel(
  url: string | URL,
  { signal }: { signal?: AbortSignal } = {},
): Promise<SpriteModel> {
  const file = String(url);
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) {
    throw new PolicyFileError(
      `Sprite model "${file}": needed a file there, came HTTP ${response.status}. Copy models/sprites to the site.`,
    );
  }
  return decodeSpriteModel(new Uint8Array(await response.arrayBuffer()), file);
}

/** No colour is more than its opacity lets through. In place. */
function withinOpacity(pixels: Float32Array): Float32Array {
  for (let at = 0; at < pixels.length; at += SPRITE_CHANNELS) {
    for (let c = 0; c < SPRITE_CHANNELS - 1; c++) pixels[at + c] = Math.min(pixels[at + c], pixels[at + 3]);
  }
  return pixels;
}

function assertSprite({ height, width, channels, pixels }: Sprite): void {
  if (height !== SPRITE_SIDE || width !== SPRITE_SIDE || channels !== SPRITE_CHANNELS) {
    throw new ConfigurationError(
      `SpriteModel: needed a sprite of ${SPRITE_SIDE}×${SPRITE_SIDE}×${SPRITE_CHANNELS}, came ${height}×${width}×${channels}. Scale it, and give it an opacity.`,
    );
  }
  const bad = pixels.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad < 0) return;
  throw new ConfigurationError(
    `SpriteModel: needed values in [0, 1], came ${pixels[bad]} as number ${bad}. Divide bytes by 255.`,
  );
}

function assertTensors(
  { kind, code, widths }: SpriteModelSpec,
  tensors: Readonly<Record<string, WeightTensor>>,
  who: string,
): void {
  const wanted: Record<string, readonly number[]> = {
    "decoder code weights": [COARSE * COARSE * widths[0], code],
    "decoder picture weights": [3, 3, widths[3], SPRITE_CHANNELS],
  };
  for (let level = 1; level < widths.length; level++) {
    wanted[`decoder ${level} weights`] = [3, 3, widths[level - 1], widths[level]];
  }
  if (kind === "vae") {
    const upwards = [SPRITE_CHANNELS, widths[2], widths[1], widths[0]];
    for (let level = 1; level < widths.length; level++) {
      wanted[`encoder ${level} weights`] = [4, 4, upwards[level - 1], upwards[level]];
    }
    wanted["encoder code weights"] = [2 * code, COARSE * COARSE * widths[0]];
    wanted["code factor"] = [code, code];
    wanted["code mean"] = [code];
  }
  for (const [name, shape] of Object.entries(wanted)) {
    if (!name.endsWith("weights")) continue;
    wanted[name.replace("weights", "biases")] = [name.endsWith("code weights") ? shape[0] : shape[3]];
  }
  const say = (shape: readonly number[]): string => `[${shape.join(", ")}]`;
  for (const [name, shape] of Object.entries(wanted)) {
    const came = Object.hasOwn(tensors, name) ? say(tensors[name].shape) : "nothing";
    if (came === say(shape)) continue;
    throw new PolicyFileError(
      `${who}: needed "${name}" of shape ${say(shape)}, came ${came}. Use a model of this release, or teach anew.`,
    );
  }
}
