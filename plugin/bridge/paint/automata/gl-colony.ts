import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import type { InternalTexture } from "@babylonjs/core/Materials/Textures/internalTexture.js";
import { UnsupportedError } from "../../../core/errors.ts";
import { streamOfStep } from "../../../paint/automata/cell-chance.ts";
import { DAB_NUMBERS, writeDab, type Dab } from "../../../paint/automata/dab.ts";
import { CELL_CHANNELS, type Species } from "../../../paint/automata/species.ts";
import { glTextureOfInternal } from "../../engine-access.ts";
import { COLONY_COLOUR_GLSL, COLONY_STEP_GLSL, RULE_COLUMNS } from "./colony-glsl.ts";
import type { Colony, ColonyOptions, LivingSnapshot } from "./colony.ts";
import {
  copyGeneration,
  deleteGeneration,
  GlSnapshot,
  LAYERS,
  newGeneration,
  newTexture,
  type Generation,
} from "./gl-generation.ts";
import { Program } from "./gl-program.ts";
import { packRules } from "./pack-rules.ts";

/** Cells on WebGL2: one draw a step into four float textures, and one draw to show them. Nothing is read back. */
export class GlColony implements Colony {
  readonly texture: InternalTexture;
  readonly #engine: AbstractEngine;
  readonly #gl: WebGL2RenderingContext;
  readonly #options: ColonyOptions;
  readonly #format: number;
  readonly #generations: readonly [Generation, Generation];
  readonly #rules: WebGLTexture;
  readonly #stepper: Program;
  readonly #painter: Program;
  readonly #array: WebGLVertexArrayObject;
  readonly #canvas: WebGLFramebuffer;
  readonly #dab = new Float32Array(DAB_NUMBERS);
  readonly #places = new Int32Array(4);
  #turn = 0;
  #steps = 0;
  #isDisposed = false;

  /** @throws UnsupportedError where textures of floating-point numbers cannot be drawn to. */
  constructor(engine: AbstractEngine, gl: WebGL2RenderingContext, options: ColonyOptions) {
    this.#engine = engine;
    this.#gl = gl;
    this.#options = options;
    const format = gl.getExtension("EXT_color_buffer_float")
      ? gl.RGBA32F
      : gl.getExtension("EXT_color_buffer_half_float")
        ? gl.RGBA16F
        : null;
    if (format === null) {
      throw new UnsupportedError(
        "LivingTexture: needed a GPU that draws to textures of floating-point numbers, came one that does not. Bake it by a painter instead.",
      );
    }
    this.#format = format;
    const { width, height, mipmaps, samplingMode, alive } = options;
    this.texture = engine.createRawTexture(
      null,
      width,
      height,
      Constants.TEXTUREFORMAT_RGBA,
      mipmaps,
      false,
      samplingMode,
      null,
      Constants.TEXTURETYPE_UNSIGNED_BYTE,
    );
    this.texture.isReady = true;
    this.#stepper = new Program(gl, COLONY_STEP_GLSL);
    this.#painter = new Program(gl, COLONY_COLOUR_GLSL);
    this.#array = gl.createVertexArray();
    this.#rules = newTexture(gl);
    this.#generations = [newGeneration(gl, options, format), newGeneration(gl, options, format)];
    this.#canvas = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#canvas);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, glTextureOfInternal(this.texture), 0);
    if (alive) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, this.#generations[0].frame);
      gl.disable(gl.SCISSOR_TEST);
      gl.colorMask(true, true, true, true);
      gl.clearBufferfv(gl.COLOR, LAYERS - 1, [1, 0, 0, 0]);
    }
    this.setSpecies(options.species, options.graft);
    this.show();
  }

  get steps(): number {
    return this.#steps;
  }

  step(steps: number): void {
    this.#begin();
    for (let i = 0; i < steps; i++) {
      this.#draw(0);
      this.#steps += 1;
    }
    this.#paint();
    this.#end();
  }

  dab(dab: Dab): void {
    writeDab(dab, this.#options, this.#dab, 0);
    this.#begin();
    this.#draw(1);
    this.#dab.fill(0);
    this.#end();
  }

  show(): void {
    this.#begin();
    this.#paint();
    this.#end();
  }

  setSpecies(species: Species, graft: Species | null): void {
    const gl = this.#gl;
    const { values, first, second } = packRules(species, graft);
    const rows = Math.ceil(values.length / 4 / RULE_COLUMNS);
    const padded = new Float32Array(4 * RULE_COLUMNS * rows);
    padded.set(values);
    this.#places.set([first.start, first.hidden, second.start, second.hidden]);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.#rules);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, RULE_COLUMNS, rows, 0, gl.RGBA, gl.FLOAT, padded);
    this.#engine.wipeCaches(true);
  }

  read(): Promise<Float32Array> {
    const gl = this.#gl;
    const { width, height } = this.#options;
    const kept = CELL_CHANNELS + 2;
    const cells = new Float32Array(width * height * kept);
    const layer = new Float32Array(4 * width * height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#generations[this.#turn].frame);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    for (let index = 0; index < LAYERS; index++) {
      gl.readBuffer(gl.COLOR_ATTACHMENT0 + index);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, layer);
      const numbers = index === LAYERS - 1 ? 2 : 4;
      for (let cell = 0; cell < width * height; cell++) {
        cells.set(layer.subarray(4 * cell, 4 * cell + numbers), cell * kept + 4 * index);
      }
    }
    this.#end();
    return Promise.resolve(cells);
  }

  snapshot(): LivingSnapshot {
    const gl = this.#gl;
    const { width, height } = this.#options;
    const copy = newGeneration(gl, this.#options, this.#format);
    copyGeneration(gl, this.#generations[this.#turn], copy, this.#options);
    this.#end();
    const bytesOfNumber = this.#format === gl.RGBA32F ? 4 : 2;
    return new GlSnapshot(gl, copy, this.#steps, 4 * LAYERS * bytesOfNumber * width * height);
  }

  restore(snapshot: LivingSnapshot): void {
    copyGeneration(this.#gl, (snapshot as GlSnapshot).generation, this.#generations[this.#turn], this.#options);
    this.#steps = snapshot.steps;
    this.#end();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const gl = this.#gl;
    for (const generation of this.#generations) deleteGeneration(gl, generation);
    gl.deleteTexture(this.#rules);
    gl.deleteFramebuffer(this.#canvas);
    gl.deleteVertexArray(this.#array);
    this.#stepper.dispose();
    this.#painter.dispose();
  }

  #begin(): void {
    const gl = this.#gl;
    const { width, height } = this.#options;
    gl.bindVertexArray(this.#array);
    gl.viewport(0, 0, width, height);
    for (const state of [gl.BLEND, gl.DEPTH_TEST, gl.SCISSOR_TEST, gl.CULL_FACE, gl.STENCIL_TEST]) gl.disable(state);
    gl.colorMask(true, true, true, true);
    gl.activeTexture(gl.TEXTURE0 + LAYERS);
    gl.bindTexture(gl.TEXTURE_2D, this.#rules);
  }

  #draw(frozen: number): void {
    const gl = this.#gl;
    this.#stepper.use(this.#options, this.#places);
    gl.uniform1ui(this.#stepper.at("stream"), streamOfStep(this.#steps, this.#options.seed));
    gl.uniform1i(this.#stepper.at("frozen"), frozen);
    gl.uniform4f(this.#stepper.at("dab"), this.#dab[0], this.#dab[1], this.#dab[2], this.#dab[3]);
    gl.uniform1f(this.#stepper.at("dabShare"), this.#dab[4]);
    this.#bindCells();
    this.#turn = 1 - this.#turn;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#generations[this.#turn].frame);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  #paint(): void {
    const gl = this.#gl;
    const { bare } = this.#options;
    this.#painter.use(this.#options, this.#places);
    gl.uniform3f(this.#painter.at("bare"), bare[0], bare[1], bare[2]);
    this.#bindCells();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#canvas);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    if (!this.texture.generateMipMaps) return;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, glTextureOfInternal(this.texture));
    gl.generateMipmap(gl.TEXTURE_2D);
  }

  #bindCells(): void {
    const gl = this.#gl;
    const { textures } = this.#generations[this.#turn];
    for (let layer = 0; layer < LAYERS; layer++) {
      gl.activeTexture(gl.TEXTURE0 + layer);
      gl.bindTexture(gl.TEXTURE_2D, textures[layer]);
    }
  }

  /** Babylon remembers what is bound; here other things were. */
  #end(): void {
    const gl = this.#gl;
    gl.bindVertexArray(null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    this.#engine.wipeCaches(true);
    this.#engine.restoreDefaultFramebuffer();
  }
}
