import { Constants } from "@babylonjs/core/Engines/constants.js";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { fractalNoise, hash, nearestStone, smoothStep, valueNoise } from "./noise.ts";

/** A point of a surface: height and colour, all in [0, 1]. */
interface SurfacePoint {
  height: number;
  red: number;
  green: number;
  blue: number;
}

type Surface = (u: number, v: number, out: SurfacePoint) => void;

/** A surface's colour and its relief, as seamless textures. */
export interface SurfaceTextures {
  readonly albedo: RawTexture;
  readonly relief: RawTexture;
}

/** Surfaces by name; `u` and `v` run from 0 to 1 over one seamless tile. */
const SURFACES = {
  /** Rounded cobbles with damp joints and a little moss. */
  cobbles(u: number, v: number, out: SurfacePoint): void {
    const bend = 0.35 * (valueNoise(u * 6, v * 6, 6, 3) - 0.5);
    const stone = nearestStone(u * 9 + bend, v * 9 - bend, 9, 0.72, 11);
    const { nearest, gap, chance } = stone;
    const body = smoothStep(0.02, 0.2, gap);
    const grain = fractalNoise(u * 24, v * 24, 24, 4, 5);
    const moss = (1 - body) * smoothStep(0.42, 0.62, fractalNoise(u * 3, v * 3, 3, 3, 21));
    out.height = body * (0.62 + 0.3 * (1 - nearest) + 0.1 * chance) + 0.14 * grain;
    const shade = 0.3 + 0.42 * body * (0.72 + 0.5 * chance) + 0.2 * (grain - 0.5);
    const warmth = 0.05 * (hash(Math.round(chance * 4096), 1, 2) - 0.5);
    out.red = shade * (1 + warmth) - 0.12 * moss;
    out.green = shade * 0.985 + 0.02 * moss;
    out.blue = shade * (0.98 - warmth) - 0.16 * moss;
  },
  /** Rough hewn stone for walls, pillars and golems. */
  hewn(u: number, v: number, out: SurfacePoint): void {
    const coarse = fractalNoise(u * 5, v * 5, 5, 4, 31);
    const fine = fractalNoise(u * 40, v * 40, 40, 3, 37);
    const pit = smoothStep(0.18, 0.02, nearestStone(u * 14, v * 14, 14, 1, 41).nearest);
    const crack = smoothStep(0.05, 0.0, Math.abs(fractalNoise(u * 4, v * 4, 4, 4, 43) - 0.5)) * 0.5;
    out.height = 0.55 * coarse + 0.25 * fine - 0.3 * pit - 0.35 * crack + 0.2;
    const shade = 0.62 + 0.36 * (coarse - 0.5) + 0.2 * (fine - 0.5) - 0.14 * pit - 0.18 * crack;
    out.red = shade;
    out.green = shade * 0.99;
    out.blue = shade * 0.97;
  },
  /** Four weathered planks. */
  planks(u: number, v: number, out: SurfacePoint): void {
    const plank = Math.floor(v * 4);
    const across = v * 4 - plank;
    const joint = smoothStep(0.0, 0.06, Math.min(across, 1 - across));
    const drift = hash(plank, 5, 51) * 8;
    const ring = fractalNoise(u * 3 + drift, v * 48, 48, 3, 53);
    const fibre = valueNoise(u * 10 + drift, v * 128, 128, 57);
    const shade = joint * (0.62 + 0.3 * (ring - 0.5) + 0.16 * (fibre - 0.5) + 0.12 * (hash(plank, 9, 59) - 0.5)) + 0.06;
    out.height = joint * 0.7 + 0.3 * ring;
    out.red = shade;
    out.green = shade * 0.76;
    out.blue = shade * 0.52;
  },
  /** Trodden earth and grass outside the walls. */
  turf(u: number, v: number, out: SurfacePoint): void {
    const patch = fractalNoise(u * 4, v * 4, 4, 4, 61);
    const blade = fractalNoise(u * 64, v * 64, 64, 2, 67);
    const shade = 0.26 + 0.3 * (patch - 0.5) + 0.3 * (blade - 0.5);
    out.height = blade;
    out.red = shade * 0.92;
    out.green = shade * 1.08;
    out.blue = shade * 0.78;
  },
  /** A clipped hedge: small leaves with dark gaps between them. */
  leaves(u: number, v: number, out: SurfacePoint): void {
    const bend = 0.5 * (valueNoise(u * 9, v * 9, 9, 71) - 0.5);
    const { nearest, gap, chance } = nearestStone(u * 22 + bend, v * 22 - bend, 22, 1, 73);
    const leaf = smoothStep(0.02, 0.3, gap);
    const clump = fractalNoise(u * 5, v * 5, 5, 3, 79);
    out.height = leaf * (0.5 + 0.5 * (1 - nearest)) * (0.6 + 0.6 * clump);
    const shade = (0.12 + 0.5 * leaf * (0.6 + 0.5 * chance)) * (0.62 + 0.7 * clump);
    out.red = shade * (0.52 + 0.3 * chance);
    out.green = shade * (1.05 - 0.08 * chance);
    out.blue = shade * 0.42;
  },
} satisfies Record<string, Surface>;

/** Names of the surfaces that can be made. */
export type SurfaceName = keyof typeof SURFACES;

/**
 * Computes a seamless surface, colour and normal map, on the CPU.
 *
 * @param size - Pixels on each side.
 * @param depth - How strong the relief is. Default 3.
 */
export function createSurface(name: SurfaceName, size: number, scene: Scene, depth = 3): SurfaceTextures {
  const heights = new Float32Array(size * size);
  const albedo = new Uint8Array(size * size * 4);
  const point: SurfacePoint = { height: 0, red: 0, green: 0, blue: 0 };
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      SURFACES[name](x / size, y / size, point);
      heights[i] = point.height;
      albedo[i * 4] = toByte(point.red);
      albedo[i * 4 + 1] = toByte(point.green);
      albedo[i * 4 + 2] = toByte(point.blue);
      albedo[i * 4 + 3] = 255;
    }
  }
  return {
    albedo: toTexture(albedo, size, scene),
    relief: toTexture(heightsToNormals(heights, size, depth * (size / 256)), size, scene),
  };
}

function heightsToNormals(heights: Float32Array, size: number, depth: number): Uint8Array {
  const normals = new Uint8Array(size * size * 4);
  for (let y = 0, i = 0; y < size; y++) {
    const above = ((y + size - 1) % size) * size;
    const below = ((y + 1) % size) * size;
    for (let x = 0; x < size; x++, i++) {
      const dx = (heights[y * size + ((x + size - 1) % size)] - heights[y * size + ((x + 1) % size)]) * depth;
      const dy = (heights[above + x] - heights[below + x]) * depth;
      const length = Math.hypot(dx, dy, 1);
      normals[i * 4] = toByte(0.5 + (0.5 * dx) / length);
      normals[i * 4 + 1] = toByte(0.5 + (0.5 * dy) / length);
      normals[i * 4 + 2] = toByte(0.5 + 0.5 / length);
      normals[i * 4 + 3] = 255;
    }
  }
  return normals;
}

function toTexture(bytes: Uint8Array, size: number, scene: Scene): RawTexture {
  const texture = RawTexture.CreateRGBATexture(
    bytes,
    size,
    size,
    scene,
    true,
    false,
    Constants.TEXTURE_TRILINEAR_SAMPLINGMODE,
  );
  texture.wrapU = texture.wrapV = Constants.TEXTURE_WRAP_ADDRESSMODE;
  texture.anisotropicFilteringLevel = 4;
  return texture;
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value * 255)));
}
