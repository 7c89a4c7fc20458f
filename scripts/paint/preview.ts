import { ambientOcclusion } from "../../plugin/paint/maps/ambient-occlusion.ts";
import { normalVectors } from "../../plugin/paint/maps/normal-map.ts";
import { srgbBytes } from "../../plugin/paint/maps/srgb.ts";
import type { SurfaceMaps } from "../../plugin/paint/maps/surface-maps.ts";

type Vector = readonly [x: number, y: number, z: number];

interface Light {
  readonly towards: Vector;
  readonly colour: Vector;
  readonly hasShadow: boolean;
}

const unit = ([x, y, z]: Vector): Vector => {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};

/** y points up, z out of the picture. A low warm sun, a cool window opposite, a lamp above. */
const LIGHTS: readonly Light[] = [
  { towards: unit([-0.62, 0.55, 0.56]), colour: [2.75, 2.5, 2.15], hasShadow: true },
  { towards: unit([0.7, -0.25, 0.66]), colour: [0.42, 0.5, 0.65], hasShadow: false },
  { towards: unit([0.15, 0.5, 0.85]), colour: [0.5, 0.5, 0.5], hasShadow: false },
];

/** A material as a lit plane, `tiles` × `tiles` times: linear light through a tone curve to sRGB bytes, [h, w, 3]. */
export function renderPreview(maps: SurfaceMaps, tiles = 1): { width: number; height: number; pixels: Uint8Array } {
  const width = maps.width * tiles;
  const height = maps.height * tiles;
  const normals = normalVectors(maps);
  const occlusion = ambientOcclusion(maps);
  const sun = sunlight(maps, LIGHTS[0].towards);
  const light = new Float32Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel = (row % maps.height) * maps.width + (column % maps.width);
      // The eye hovers above the middle, so that gloss wanders over the plane.
      const view = unit([0.6 * (0.5 - column / width), 0.6 * (row / height - 0.5), 1.2]);
      shade(maps, { normals, occlusion, sun }, { pixel, view }, light, 3 * (row * width + column));
    }
  }
  for (let i = 0; i < light.length; i++) light[i] = toneCurve(light[i] * 0.56);
  return { width, height, pixels: srgbBytes(light) };
}

interface Geometry {
  readonly normals: Float32Array;
  readonly occlusion: Float32Array;
  readonly sun: Float32Array;
}

/** Lambert and GGX (Walter et al. 2007) with Schlick's Fresnel and Karis's visibility, and a sky that is reflected. */
function shade(
  maps: SurfaceMaps,
  { normals, occlusion, sun }: Geometry,
  { pixel, view }: { readonly pixel: number; readonly view: Vector },
  out: Float32Array,
  at: number,
): void {
  const nx = normals[3 * pixel];
  const ny = normals[3 * pixel + 1];
  const nz = normals[3 * pixel + 2];
  const rough = Math.max(0.045, maps.roughness[pixel]);
  const metal = maps.metallic[pixel];
  const alpha = rough * rough;
  const alpha2 = alpha * alpha;
  const toView = Math.max(0.05, nx * view[0] + ny * view[1] + nz * view[2]);
  const k = ((rough + 1) * (rough + 1)) / 8;
  for (let channel = 0; channel < 3; channel++) out[at + channel] = 0;
  for (const { towards, colour, hasShadow } of LIGHTS) {
    const toLight = nx * towards[0] + ny * towards[1] + nz * towards[2];
    if (toLight <= 0) continue;
    const half = unit([towards[0] + view[0], towards[1] + view[1], towards[2] + view[2]]);
    const toHalf = Math.max(0, nx * half[0] + ny * half[1] + nz * half[2]);
    const viewHalf = Math.max(0, view[0] * half[0] + view[1] * half[1] + view[2] * half[2]);
    const denominator = toHalf * toHalf * (alpha2 - 1) + 1;
    const spread = alpha2 / (Math.PI * denominator * denominator);
    const visible = 1 / (4 * (toLight * (1 - k) + k) * (toView * (1 - k) + k));
    const grazing = (1 - viewHalf) ** 5;
    const share = toLight * (hasShadow ? sun[pixel] : 1);
    for (let channel = 0; channel < 3; channel++) {
      const albedo = maps.albedo[3 * pixel + channel];
      const f0 = 0.04 + (albedo - 0.04) * metal;
      const fresnel = f0 + (1 - f0) * grazing;
      const diffuse = ((1 - metal) * (1 - fresnel) * albedo) / Math.PI;
      out[at + channel] +=
        Math.min(6, (diffuse + spread * visible * fresnel) * Math.PI * 0.55) * colour[channel] * share;
    }
  }
  // The sky, diffuse and mirrored.
  const open = occlusion[pixel];
  const mirrorX = 2 * toView * nx - view[0];
  const mirrorY = 2 * toView * ny - view[1];
  const sky: Vector = [0.38 + 0.09 * ny, 0.39 + 0.09 * ny, 0.42 + 0.09 * ny];
  const window = 1 / (1 + Math.exp((mirrorY * 0.8 + mirrorX * 0.35 - 0.12) * (-14 * (1.05 - rough))));
  const grazing = (1 - toView) ** 5 * (1 - rough);
  for (let channel = 0; channel < 3; channel++) {
    const albedo = maps.albedo[3 * pixel + channel];
    const f0 = 0.04 + (albedo - 0.04) * metal;
    const mirrored = (0.22 + 0.75 * window) * (0.9 + 0.1 * channel) * (1 - 0.35 * rough);
    out[at + channel] += open * ((1 - metal) * albedo * sky[channel] + (f0 + (1 - f0) * grazing) * mirrored);
  }
}

/** How much of the sun reaches each pixel past higher neighbours, [height, width], with soft borders. */
function sunlight({ width, height, heights, relief }: SurfaceMaps, [x, y, z]: Vector): Float32Array {
  const sun = new Float32Array(width * height);
  const flat = Math.hypot(x, y);
  const depth = relief * Math.min(width, height);
  const climb = z / flat / Math.max(1e-6, depth);
  const farthest = Math.min(120, Math.ceil((depth * flat) / z) + 1);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      let worst = 0;
      for (let step = 1; step <= farthest; step += step < 12 ? 1 : 2) {
        const c = (((column + Math.round((x / flat) * step)) % width) + width) % width;
        const r = (((row - Math.round((y / flat) * step)) % height) + height) % height;
        const above = heights[r * width + c] - heights[pixel] - climb * step;
        if (above > worst) worst = above;
      }
      sun[pixel] = Math.max(0.06, 1 - (worst * depth) / (0.4 + 0.01 * Math.min(width, height)));
    }
  }
  return sun;
}

/** Narkowicz 2015, a fit of the ACES filmic curve. */
function toneCurve(x: number): number {
  return (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
}
