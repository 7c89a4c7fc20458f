/** Pixels of a workgroup, in either direction. */
export const BAKE_TILE = 8;

/** Bindings of the shader, in order: buffers that it reads, then the textures that it writes. */
export const BAKE_BUFFERS = ["albedo", "heights", "roughness", "metallic", "relief", "ways"] as const;
export const BAKE_TEXTURES = ["albedoMap", "normalMap", "ormMap"] as const;

/**
 * Turns maps into pictures on the GPU, as `bakeImages` does on the CPU: colours to sRGB, heights to normals (Scharr's filter) and to
 * occlusion (horizon angles), all of it across the borders. Rows are turned over, since texture coordinates begin below.
 *
 * `ways` holds what `horizonOffsets` says: right, down, length, and 1 where a direction ends. All arithmetic in float32.
 */
export const BAKE_SHADER = `
struct Size { width: u32, height: u32, directions: f32, hasMetallic: f32 }

@group(0) @binding(0) var<storage, read> albedo: array<f32>;
@group(0) @binding(1) var<storage, read> heights: array<f32>;
@group(0) @binding(2) var<storage, read> roughness: array<f32>;
@group(0) @binding(3) var<storage, read> metallic: array<f32>;
@group(0) @binding(4) var<storage, read> relief: array<f32>;
@group(0) @binding(5) var<storage, read> ways: array<vec4f>;
@group(0) @binding(6) var albedoMap: texture_storage_2d<rgba8unorm, write>;
@group(0) @binding(7) var normalMap: texture_storage_2d<rgba8unorm, write>;
@group(0) @binding(8) var ormMap: texture_storage_2d<rgba8unorm, write>;
@group(0) @binding(9) var<uniform> size: Size;

fn wrapped(at: i32, length: u32) -> i32 {
  let n = i32(length);
  return ((at % n) + n) % n;
}

fn heightAt(column: i32, row: i32) -> f32 {
  return heights[u32(wrapped(row, size.height)) * size.width + u32(wrapped(column, size.width))];
}

fn srgb(linear: f32) -> f32 {
  let v = clamp(linear, 0.0, 1.0);
  return select(1.055 * pow(v, 1.0 / 2.4) - 0.055, v * 12.92, v <= 0.0031308);
}

fn normalAt(x: i32, y: i32, rise: f32) -> vec3f {
  let a = heightAt(x - 1, y - 1);
  let b = heightAt(x, y - 1);
  let c = heightAt(x + 1, y - 1);
  let d = heightAt(x - 1, y);
  let f = heightAt(x + 1, y);
  let g = heightAt(x - 1, y + 1);
  let h = heightAt(x, y + 1);
  let i = heightAt(x + 1, y + 1);
  let across = 3.0 * (c - a) + 10.0 * (f - d) + 3.0 * (i - g);
  let down = 3.0 * (g - a) + 10.0 * (h - b) + 3.0 * (i - c);
  return normalize(vec3f(-across * rise, down * rise, 1.0));
}

fn occlusionAt(x: i32, y: i32, rise: f32) -> f32 {
  let here = heightAt(x, y);
  var open = 0.0;
  var steepest = 0.0;
  for (var i = 0u; i < arrayLength(&ways); i++) {
    let way = ways[i];
    steepest = max(steepest, (heightAt(x + i32(way.x), y + i32(way.y)) - here) / way.z);
    if (way.w == 1.0) {
      let slope = steepest * rise;
      open += 1.0 / (1.0 + slope * slope);
      steepest = 0.0;
    }
  }
  return open / size.directions;
}

@compute @workgroup_size(${BAKE_TILE}, ${BAKE_TILE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= size.width || id.y >= size.height) { return; }
  let at = id.y * size.width + id.x;
  let x = i32(id.x);
  let y = i32(id.y);
  let rise = relief[0] * f32(min(size.width, size.height));
  let place = vec2u(id.x, size.height - 1u - id.y);
  let colour = vec3f(srgb(albedo[3u * at]), srgb(albedo[3u * at + 1u]), srgb(albedo[3u * at + 2u]));
  textureStore(albedoMap, place, vec4f(colour, 1.0));
  let normal = normalAt(x, y, rise / 32.0);
  textureStore(normalMap, place, vec4f(0.5 + 0.5 * normal, clamp(heights[at], 0.0, 1.0)));
  let metal = select(0.0, metallic[at], size.hasMetallic == 1.0);
  textureStore(ormMap, place, vec4f(occlusionAt(x, y, rise), roughness[at], metal, 1.0));
}
`;
