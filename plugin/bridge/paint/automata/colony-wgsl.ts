import { HEAD_FOURS, UNIT_FOURS } from "./pack-rules.ts";

/** Columns and rows of a workgroup. */
export const COLONY_TILE = 8;

/**
 * One step of all cells, in one dispatch, which also writes their colours; the same arithmetic as `CellField`.
 *
 * A cell is four vec4f: its twelve numbers, then life, share of the second species, and two that are not used. Behind the last cell lies
 * the number of the step, which the first cell counts on, so that nothing needs to be sent up for a step. With `frozen` only the
 * brush and the colours are done.
 */
export const COLONY_WGSL = /* wgsl */ `
struct Settings {
  size: vec2u,
  seed: u32,
  frozen: u32,
  rules: vec4u,
  dab: vec4f,
  dabShare: f32,
  bare: vec3f,
}

@group(0) @binding(0) var<storage, read> cells: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> next: array<vec4f>;
@group(0) @binding(2) var<storage, read> rules: array<vec4f>;
@group(0) @binding(3) var<uniform> settings: Settings;
@group(0) @binding(4) var colours: texture_storage_2d<rgba8unorm, write>;

fn mixed(value: u32) -> u32 {
  var bits = value;
  bits ^= bits >> 15u;
  bits *= 0x85ebca6bu;
  bits ^= bits >> 13u;
  bits *= 0xc2b2ae35u;
  return bits ^ (bits >> 16u);
}

fn chance(x: u32, y: u32, step: u32) -> u32 {
  let stream = mixed((step * 0x9e3779b1u) ^ mixed(settings.seed));
  return mixed((x * 0x27d4eb2du) ^ ((y + 0x3c6ef372u) * 0x165667b1u) ^ stream);
}

fn think(seen: ptr<function, array<vec4f, 12>>, change: ptr<function, array<vec4f, 3>>, start: u32, hidden: u32, share: f32) {
  for (var k = 0u; k < 3u; k++) { (*change)[k] += share * rules[start + k]; }
  var at = start + ${HEAD_FOURS}u;
  for (var unit = 0u; unit < hidden; unit++) {
    var sum = rules[at + 15u].x;
    for (var i = 0u; i < 12u; i++) { sum += dot(rules[at + i], (*seen)[i]); }
    if (sum > 0.0) {
      for (var k = 0u; k < 3u; k++) { (*change)[k] += share * sum * rules[at + 12u + k]; }
    }
    at += ${UNIT_FOURS}u;
  }
}

fn colourOf(cell: vec4f, start: u32) -> vec3f {
  let four = vec4f(cell.xyz, 1.0);
  return vec3f(dot(rules[start + 3u], four), dot(rules[start + 4u], four), dot(rules[start + 5u], four));
}

@compute @workgroup_size(${COLONY_TILE}, ${COLONY_TILE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = settings.size;
  if (id.x >= size.x || id.y >= size.y) { return; }
  let cell = id.y * size.x + id.x;
  let clock = 4u * size.x * size.y;
  let step = u32(cells[clock].x); // a number below 2²⁴: bits of whole numbers would be flushed to 0
  if (cell == 0u) { next[clock] = vec4f(f32(select(step + 1u, step, settings.frozen == 1u)), 0.0, 0.0, 0.0); }

  var here: array<vec4f, 3>;
  for (var k = 0u; k < 3u; k++) { here[k] = cells[4u * cell + k]; }
  var life = cells[4u * cell + 3u];

  if (settings.frozen == 0u && (chance(id.x, id.y, step) >> 31u) == 0u) {
    let left = select(id.x - 1u, size.x - 1u, id.x == 0u);
    let right = select(id.x + 1u, 0u, id.x == size.x - 1u);
    let above = select(id.y - 1u, size.y - 1u, id.y == 0u) * size.x;
    let below = select(id.y + 1u, 0u, id.y == size.y - 1u) * size.x;
    let middle = id.y * size.x;
    let a = 4u * (above + left);
    let b = 4u * (above + id.x);
    let c = 4u * (above + right);
    let d = 4u * (middle + left);
    let f = 4u * (middle + right);
    let g = 4u * (below + left);
    let h = 4u * (below + id.x);
    let i = 4u * (below + right);
    if (life.x == 0.0) {
      let near = cells[a + 3u].x + cells[b + 3u].x + cells[c + 3u].x + cells[d + 3u].x
        + cells[f + 3u].x + cells[g + 3u].x + cells[h + 3u].x + cells[i + 3u].x;
      life.x = select(0.0, 1.0, near > 0.0);
    } else {
      var seen: array<vec4f, 12>;
      for (var k = 0u; k < 3u; k++) {
        let corners = vec4f(0.25);
        seen[k] = here[k];
        seen[3u + k] = corners * (cells[c + k] + cells[i + k] - cells[a + k] - cells[g + k]) + 0.5 * (cells[f + k] - cells[d + k]);
        seen[6u + k] = corners * (cells[g + k] + cells[i + k] - cells[a + k] - cells[c + k]) + 0.5 * (cells[h + k] - cells[b + k]);
        seen[9u + k] = corners * (cells[a + k] + cells[c + k] + cells[g + k] + cells[i + k])
          + 0.5 * (cells[b + k] + cells[d + k] + cells[f + k] + cells[h + k]) - 3.0 * here[k];
      }
      var change: array<vec4f, 3>;
      if (life.y < 1.0) { think(&seen, &change, settings.rules.x, settings.rules.y, 1.0 - life.y); }
      if (life.y > 0.0) { think(&seen, &change, settings.rules.z, settings.rules.w, life.y); }
      for (var k = 0u; k < 3u; k++) { here[k] = clamp(here[k] + change[k], vec4f(-1.0), vec4f(1.0)); }
    }
  }

  if (settings.dab.w > 0.0) {
    var far = abs(vec2f(id.xy) + 0.5 - settings.dab.xy);
    far = min(far, vec2f(size) - far);
    if (dot(far, far) <= settings.dab.z * settings.dab.z) {
      if (settings.dab.w == 3.0) {
        life.y = settings.dabShare;
      } else {
        for (var k = 0u; k < 3u; k++) { here[k] = vec4f(0.0); }
        life.x = select(0.0, 1.0, settings.dab.w == 2.0);
      }
    }
  }

  for (var k = 0u; k < 3u; k++) { next[4u * cell + k] = here[k]; }
  next[4u * cell + 3u] = life;
  let grown = mix(colourOf(here[0], settings.rules.x), colourOf(here[0], settings.rules.z), life.y);
  let colour = select(clamp(grown, vec3f(0.0), vec3f(1.0)), settings.bare, life.x == 0.0);
  textureStore(colours, vec2u(id.x, size.y - 1u - id.y), vec4f(colour, 1.0));
}
`;
