import { Constants } from "@babylonjs/core/Engines/constants.js";
import { RawCubeTexture } from "@babylonjs/core/Materials/Textures/rawCubeTexture.js";
import { CubeMapToSphericalPolynomialTools } from "@babylonjs/core/Misc/HighDynamicRange/cubemapToSphericalPolynomial.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { directionOf, MOODS, type Light } from "../rules/sun.ts";
import type { Colour } from "../rules/wish.ts";

/** Soft skies need no more. */
const SIZE = 32;

/** Faces as WebGL orders them: where each looks, and where its columns and rows go. */
const FACES: readonly (readonly [name: string, ahead: Colour, right: Colour, down: Colour])[] = [
  ["right", [1, 0, 0], [0, 0, -1], [0, -1, 0]],
  ["left", [-1, 0, 0], [0, 0, 1], [0, -1, 0]],
  ["up", [0, 1, 0], [1, 0, 0], [0, 0, 1]],
  ["down", [0, -1, 0], [1, 0, 0], [0, 0, -1]],
  ["front", [0, 0, 1], [1, 0, 0], [0, -1, 0]],
  ["back", [0, 0, -1], [-1, 0, 0], [0, -1, 0]],
];

/** What surfaces mirror: a sky with a bright place around the sun, painted for each light. The caller disposes. */
export function paintSky(light: Light, scene: Scene): RawCubeTexture {
  const mood = MOODS[light.mood];
  const towards = directionOf(light).map((value) => -value);
  const faces = FACES.map(([, ahead, right, down]) => {
    const pixels = new Float32Array(SIZE * SIZE * 3);
    for (let row = 0, at = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++, at += 3) {
        const [u, v] = [(2 * (column + 0.5)) / SIZE - 1, (2 * (row + 0.5)) / SIZE - 1];
        const way = ahead.map((value, axis) => value + u * right[axis] + v * down[axis]);
        const length = Math.hypot(...way);
        const up = way[1] / length;
        const facing = way.reduce((sum, value, axis) => sum + (value / length) * towards[axis], 0);
        const glow = 0.5 * Math.max(0, facing) ** 6 + 1.4 * Math.max(0, facing) ** 48;
        const [from, to, share] =
          up > 0 ? [mood.horizon, mood.sky, Math.min(1, up * 1.5)] : [mood.horizon, mood.ground, Math.min(1, -up * 6)];
        for (let part = 0; part < 3; part++) {
          pixels[at + part] =
            from[part] + (to[part] - from[part]) * share + glow * mood.sun[part] * 0.25 * mood.strength;
        }
      }
    }
    return pixels;
  });
  const bytes = faces.map((pixels) => srgbBytes(pixels));
  const texture = new RawCubeTexture(
    scene,
    bytes,
    SIZE,
    Constants.TEXTUREFORMAT_RGBA,
    Constants.TEXTURETYPE_UNSIGNED_BYTE,
    true,
    false,
    Constants.TEXTURE_TRILINEAR_SAMPLINGMODE,
  );
  texture.name = "sky";
  texture.gammaSpace = true;
  texture.sphericalPolynomial = CubeMapToSphericalPolynomialTools.ConvertCubeMapToSphericalPolynomial({
    size: SIZE,
    right: faces[0],
    left: faces[1],
    up: faces[2],
    down: faces[3],
    front: faces[4],
    back: faces[5],
    format: Constants.TEXTUREFORMAT_RGB,
    type: Constants.TEXTURETYPE_FLOAT,
    gammaSpace: false,
  });
  return texture;
}

function srgbBytes(linear: Float32Array): Uint8Array {
  const bytes = new Uint8Array((linear.length / 3) * 4).fill(255);
  for (let i = 0; i < linear.length / 3; i++) {
    for (let part = 0; part < 3; part++) {
      bytes[4 * i + part] = Math.round(255 * Math.min(1, linear[3 * i + part]) ** (1 / 2.2));
    }
  }
  return bytes;
}
