import type { ColonyOptions, LivingSnapshot } from "./colony.ts";

/** Textures that hold the cells: twelve numbers, then life and share. */
export const LAYERS = 4;

/** Textures of all cells at one moment, and a frame to draw to them or to read from them. */
export interface Generation {
  readonly textures: readonly WebGLTexture[];
  readonly frame: WebGLFramebuffer;
}

export function newTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return texture;
}

/** Textures full of 0, and a frame to draw to all of them. */
export function newGeneration(
  gl: WebGL2RenderingContext,
  { width, height }: ColonyOptions,
  format: number,
): Generation {
  const frame = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
  const textures = Array.from({ length: LAYERS }, (_, layer) => {
    const texture = newTexture(gl);
    gl.texStorage2D(gl.TEXTURE_2D, 1, format, width, height);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + layer, gl.TEXTURE_2D, texture, 0);
    return texture;
  });
  gl.drawBuffers(textures.map((_, layer) => gl.COLOR_ATTACHMENT0 + layer));
  return { textures, frame };
}

/** Copies all cells. Leaves other things bound than Babylon remembers. */
export function copyGeneration(
  gl: WebGL2RenderingContext,
  from: Generation,
  to: Generation,
  { width, height }: Pick<ColonyOptions, "width" | "height">,
): void {
  gl.bindFramebuffer(gl.FRAMEBUFFER, from.frame);
  gl.activeTexture(gl.TEXTURE0);
  to.textures.forEach((texture, layer) => {
    gl.readBuffer(gl.COLOR_ATTACHMENT0 + layer);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 0, 0, width, height);
  });
}

export function deleteGeneration(gl: WebGL2RenderingContext, { textures, frame }: Generation): void {
  for (const texture of textures) gl.deleteTexture(texture);
  gl.deleteFramebuffer(frame);
}

/** Cells that stay as they were. */
export class GlSnapshot implements LivingSnapshot {
  readonly steps: number;
  readonly bytes: number;
  readonly generation: Generation;
  readonly #gl: WebGL2RenderingContext;
  #isDisposed = false;

  constructor(gl: WebGL2RenderingContext, generation: Generation, steps: number, bytes: number) {
    this.#gl = gl;
    this.generation = generation;
    this.steps = steps;
    this.bytes = bytes;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    deleteGeneration(this.#gl, this.generation);
  }
}
