import { GRAIN_COLOURS, GRAIN_INPUTS } from "../../nets/encoders/grain-net.ts";

/** Rows and columns of a workgroup, in places on the way in, in pixels on the way out. */
export const DENOISE_TILE = 8;
/** Of `Settings`: sizes, what is told of the noise, and how much of it is taken away. */
export const SETTING_WORDS = 8;

const SETTINGS = `
struct Settings {
  frame: vec2u,
  cells: vec2u,
  told: vec3f,
  amount: f32,
}`;

/** Puts a frame into places of 2 × 2 pixels, as the network sees them; beyond the right and lower border the frame in a mirror. */
export const GATHER_WGSL = `${SETTINGS}
@group(0) @binding(0) var frame: texture_2d<f32>;
@group(0) @binding(1) var<storage, read_write> cells: array<f32>;
@group(0) @binding(2) var<uniform> settings: Settings;

@compute @workgroup_size(${DENOISE_TILE}, ${DENOISE_TILE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= settings.cells)) { return; }
  let first = (id.y * settings.cells.x + id.x) * ${GRAIN_INPUTS}u;
  for (var k = 0u; k < 4u; k++) {
    let at = 2u * id.xy + vec2u(k % 2u, k / 2u);
    let place = select(at, 2u * settings.frame - 1u - at, at >= settings.frame);
    let colour = clamp(textureLoad(frame, place, 0).rgb, vec3f(0.0), vec3f(1.0));
    for (var c = 0u; c < 3u; c++) { cells[first + 3u * k + c] = 2.0 * colour[c] - 1.0; }
  }
  for (var grey = 0u; grey < 3u; grey++) { cells[first + ${GRAIN_COLOURS}u + grey] = settings.told[grey]; }
}`;

/** Takes the noise away from a frame. */
export const SCATTER_WGSL = `${SETTINGS}
@group(0) @binding(0) var frame: texture_2d<f32>;
@group(0) @binding(1) var<storage, read> noise: array<f32>;
@group(0) @binding(2) var<uniform> settings: Settings;
@group(0) @binding(3) var cleaned: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(${DENOISE_TILE}, ${DENOISE_TILE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= settings.frame)) { return; }
  let cell = (id.y / 2u) * settings.cells.x + id.x / 2u;
  let first = cell * ${GRAIN_COLOURS}u + 3u * ((id.y % 2u) * 2u + id.x % 2u);
  let taken = settings.amount * vec3f(noise[first], noise[first + 1u], noise[first + 2u]);
  let colour = textureLoad(frame, id.xy, 0);
  textureStore(cleaned, id.xy, vec4f(clamp(colour.rgb - taken, vec3f(0.0), vec3f(1.0)), colour.a));
}`;
