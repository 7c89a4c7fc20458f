import { Random } from "../../core/random.ts";
import { ambientOcclusion } from "../maps/ambient-occlusion.ts";
import { normalVectors } from "../maps/normal-map.ts";
import { srgbFromLinear } from "../maps/srgb.ts";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import { wrap } from "../noise/grid.ts";
import { picture, type Picture } from "../picture.ts";
import type { Camera, Light } from "./camera.ts";

/** How a photograph is taken. */
export interface PhotographOptions {
  /** How open the sky is at each pixel, [height, width], where it is known already. Default: by `ambientOcclusion`. */
  readonly occlusion?: Float32Array;
}

/** The sRGB value of linear light in 4096 steps: photographs have 256. */
const TO_SRGB = Float32Array.from({ length: 4097 }, (_, step) => srgbFromLinear((step / 4096) ** 2));

/**
 * Takes a photograph of a surface: light, shadows, gloss, exposure, white balance, vignette, blur and noise, as eight-bit sRGB. What
 * networks learn from that shall tell maps from photographs.
 *
 * The surface goes on beyond its borders, and so does the photograph unless the camera has a vignette. The same maps and camera give
 * the same picture in the same engine. Takes some 30 ms for 256 × 256 pixels, besides the occlusion.
 *
 * @returns sRGB, [height, width, 3], each a multiple of 1/255.
 */
export function photograph(maps: SurfaceMaps, camera: Camera, { occlusion }: PhotographOptions = {}): Picture {
  const light = lit(maps, camera, occlusion ?? ambientOcclusion(maps));
  expose(light, maps, camera);
  const seen = camera.blur > 0 ? blurred(light, maps, camera.blur) : light;
  develop(seen, maps, camera);
  return picture(maps.height, maps.width, 3, seen);
}

/** Linear light that reaches the camera, [height, width, 3]. */
function lit(maps: SurfaceMaps, camera: Camera, occlusion: Float32Array): Float32Array {
  const { albedo, roughness, metallic } = maps;
  const { lights, ambient, skyTilt } = camera;
  const normals = normalVectors(maps);
  const shadows = lights.map((light) => (light.hasShadow ? sunlight(maps, light) : null));
  const seen = new Float32Array(albedo.length);
  const direct = new Float64Array(3);
  const gloss = new Float64Array(3);
  for (let pixel = 0; pixel < roughness.length; pixel++) {
    const nx = normals[3 * pixel];
    const ny = normals[3 * pixel + 1];
    const nz = normals[3 * pixel + 2];
    const rough = Math.max(0.08, roughness[pixel]);
    const alpha2 = rough ** 4;
    const k = (rough + 1) ** 2 / 8;
    direct.fill(0);
    gloss.fill(0);
    for (let which = 0; which < lights.length; which++) {
      const { towards, colour } = lights[which];
      const toLight = nx * towards[0] + ny * towards[1] + nz * towards[2];
      if (toLight <= 0) continue;
      const share = toLight * (shadows[which]?.[pixel] ?? 1);
      // GGX (Walter et al. 2007) with Karis's visibility; the eye is at (0, 0, 1).
      const toHalf = (toLight + nz) / Math.sqrt(2 + 2 * towards[2]);
      const spread = alpha2 / (toHalf * toHalf * (alpha2 - 1) + 1) ** 2;
      const shine = share * Math.min(4, spread / (4 * (toLight * (1 - k) + k) * (nz * (1 - k) + k)));
      for (let c = 0; c < 3; c++) {
        direct[c] += share * colour[c];
        gloss[c] += shine * colour[c];
      }
    }
    // The sky: diffuse, and mirrored the sharper the smoother the surface.
    const tilt = skyTilt[0] * nx + skyTilt[1] * ny;
    const open = occlusion[pixel];
    const mirrored = open * Math.max(0, 1 + 3 * (1 - rough) * nz * tilt) * (1 - 0.4 * rough);
    const metal = metallic[pixel];
    for (let c = 0; c < 3; c++) {
      const own = albedo[3 * pixel + c];
      const f0 = 0.04 + (own - 0.04) * metal;
      const sky = (1 + tilt) * ambient[c] * openForColour(open, own);
      const diffuse = (1 - metal) * (1 - f0) * own * (direct[c] + sky);
      seen[3 * pixel + c] = diffuse + f0 * (gloss[c] + mirrored * ambient[c]);
    }
  }
  return seen;
}

/** What reaches a hollow of a colour also from its own walls: Jimenez et al. 2016, "Practical real-time strategies for accurate indirect occlusion". */
function openForColour(open: number, colour: number): number {
  const a = 2.0404 * colour - 0.3324;
  const b = -4.7951 * colour + 0.6417;
  const c = 2.7552 * colour + 0.6903;
  return Math.max(open, ((open * a + b) * open + c) * open);
}

/** How far a shadow is followed, in pixels. */
const FARTHEST = 48;

/** The share of a light that reaches each pixel past higher neighbours, [height, width], with soft borders. */
function sunlight({ width, height, heights, relief }: SurfaceMaps, { towards: [x, y, z] }: Light): Float32Array {
  const share = new Float32Array(width * height).fill(1);
  const flat = Math.sqrt(x * x + y * y);
  if (flat < 1e-3) return share;
  const depth = relief * Math.min(width, height);
  const climb = z / flat; // pixels up for each pixel along
  const farthest = Math.min(FARTHEST, Math.ceil(depth / climb) + 1);
  const worst = new Float32Array(width * height);
  for (let step = 1; step <= farthest; step += step < 10 ? 1 : 2) {
    const columns = Int32Array.from({ length: width }, (_, column) =>
      wrap(column + Math.round((x / flat) * step), width),
    );
    for (let row = 0, pixel = 0; row < height; row++) {
      const line = wrap(row - Math.round((y / flat) * step), height) * width;
      for (let column = 0; column < width; column++, pixel++) {
        const above = (heights[line + columns[column]] - heights[pixel]) * depth - climb * step;
        if (above > worst[pixel]) worst[pixel] = above;
      }
    }
  }
  for (let i = 0; i < share.length; i++) share[i] = Math.max(0, 1 - worst[i] / (0.5 + 0.04 * depth));
  return share;
}

/** Brings the mean to the camera's exposure; colours by the wrong white balance; darkens the corners. */
function expose(
  light: Float32Array,
  { width, height }: SurfaceMaps,
  { exposure, whiteBalance, vignette }: Camera,
): void {
  let sum = 0;
  for (let i = 0; i < light.length; i += 3) sum += 0.2126 * light[i] + 0.7152 * light[i + 1] + 0.0722 * light[i + 2];
  const gain = exposure / Math.max(1e-6, sum / (light.length / 3));
  for (let row = 0, at = 0; row < height; row++) {
    const down = (2 * row + 1) / height - 1;
    for (let column = 0; column < width; column++, at += 3) {
      const across = (2 * column + 1) / width - 1;
      const factor = gain * (1 - (vignette * (down * down + across * across)) / 2);
      for (let channel = 0; channel < 3; channel++) light[at + channel] *= factor * whiteBalance[channel];
    }
  }
}

/** A blur by three pixels in each direction, across the borders. A new array. */
function blurred(light: Float32Array, { width, height }: SurfaceMaps, deviation: number): Float32Array {
  const side = Math.exp(-0.5 / (deviation * deviation));
  const near = side / (1 + 2 * side);
  const own = 1 - 2 * near;
  const across = new Float32Array(light.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = 3 * (row * width + column);
      const left = 3 * (row * width + wrap(column - 1, width));
      const right = 3 * (row * width + wrap(column + 1, width));
      for (let c = 0; c < 3; c++) across[at + c] = own * light[at + c] + near * (light[left + c] + light[right + c]);
    }
  }
  const both = new Float32Array(light.length);
  const line = 3 * width;
  for (let row = 0; row < height; row++) {
    const [at, above, below] = [row * line, wrap(row - 1, height) * line, wrap(row + 1, height) * line];
    for (let i = 0; i < line; i++) both[at + i] = own * across[at + i] + near * (across[above + i] + across[below + i]);
  }
  return both;
}

/** Normally distributed numbers to begin anywhere in: drawing them anew would take longer than all the rest. */
let noiseTable: Float32Array | null = null;
const NOISE_BITS = 16;

/** Adds noise and turns linear light into bytes of sRGB over 255, in place. */
function develop(light: Float32Array, { width }: SurfaceMaps, { readNoise, shotNoise, seed }: Camera): void {
  const random = new Random(seed);
  const drawn = new Random(NOISE_BITS);
  noiseTable ??= Float32Array.from({ length: 1 << NOISE_BITS }, () => drawn.normal());
  const mask = noiseTable.length - 1;
  for (let from = 0; from < light.length; from += 3 * width) {
    const begin = random.uint32();
    for (let i = from; i < from + 3 * width; i++) {
      const deviation = Math.sqrt(readNoise * readNoise + shotNoise * Math.max(0, light[i]));
      const value = Math.min(1, Math.max(0, light[i] + deviation * noiseTable[(begin + i) & mask]));
      light[i] = Math.round(255 * TO_SRGB[Math.round(4096 * Math.sqrt(value))]) / 255;
    }
  }
}
