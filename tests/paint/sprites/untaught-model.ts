import { Random } from "../../../plugin/core/random.ts";
import type { CodeShape } from "../../../plugin/nets/generative/code-shape.ts";
import { Generator } from "../../../plugin/nets/generative/generator.ts";
import { Vae } from "../../../plugin/nets/generative/vae.ts";
import { SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";

export const CODE = 6;
export const WIDTHS = [8, 6, 5, 4] as const;
export const SHAPE: CodeShape = { side: 32, channels: 4, code: CODE, widths: WIDTHS };

/** A small autoencoder of chance on the present backend, and the model of its weights. */
export async function untaughtVae(): Promise<{ readonly vae: Vae; readonly model: SpriteModel }> {
  const vae = new Vae(SHAPE, new Random(1));
  const factor = new Float32Array(CODE * CODE);
  for (let i = 0; i < CODE; i++) factor[i * CODE + i] = 2;
  const tensors = {
    ...(await vae.parameters.read()),
    "code mean": { shape: [CODE], values: new Float32Array(CODE).fill(0.5) },
    "code factor": { shape: [CODE, CODE], values: factor },
  };
  return { vae, model: new SpriteModel({ kind: "vae", code: CODE, widths: WIDTHS }, tensors) };
}

/** A small generator of chance as a model. */
export async function untaughtGan(): Promise<SpriteModel> {
  const generator = new Generator(SHAPE, new Random(2));
  const tensors = await generator.parameters.read();
  generator.dispose();
  return new SpriteModel({ kind: "gan", code: CODE, widths: WIDTHS }, tensors);
}
