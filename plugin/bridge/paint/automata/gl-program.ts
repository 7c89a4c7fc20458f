import { UnsupportedError } from "../../../core/errors.ts";
import { COLONY_VERTEX_GLSL } from "./colony-glsl.ts";
import type { ColonyOptions } from "./colony.ts";
import { LAYERS } from "./gl-generation.ts";

/** A shader with its places, looked up once. */
export class Program {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #places = new Map<string, WebGLUniformLocation | null>();

  constructor(gl: WebGL2RenderingContext, fragment: string) {
    this.#gl = gl;
    this.#program = gl.createProgram();
    const shaders = [
      [gl.VERTEX_SHADER, COLONY_VERTEX_GLSL],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const;
    for (const [kind, source] of shaders) {
      const shader = gl.createShader(kind)!;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.#program, shader);
      gl.deleteShader(shader); // with the program
    }
    gl.linkProgram(this.#program);
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS) && !gl.isContextLost()) {
      const complaint = gl.getProgramInfoLog(this.#program) ?? "no reason";
      throw new UnsupportedError(
        `LivingTexture: needed a GPU that takes its shader, came "${complaint}". Bake it by a painter instead.`,
      );
    }
    gl.useProgram(this.#program);
    for (let layer = 0; layer < LAYERS; layer++) gl.uniform1i(this.at(`cells${layer}`), layer);
    gl.uniform1i(this.at("rules"), LAYERS);
  }

  use({ width, height }: ColonyOptions, places: Int32Array): void {
    this.#gl.useProgram(this.#program);
    this.#gl.uniform2i(this.at("size"), width, height);
    this.#gl.uniform4iv(this.at("places"), places);
  }

  at(name: string): WebGLUniformLocation | null {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.#gl.getUniformLocation(this.#program, name);
      this.#places.set(name, place);
    }
    return place;
  }

  dispose(): void {
    this.#gl.deleteProgram(this.#program);
  }
}
