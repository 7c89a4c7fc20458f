import { HEAD_FOURS, UNIT_FOURS } from "./pack-rules.ts";

/** Fours in a row of the texture that holds the rules. */
export const RULE_COLUMNS = 1024;

/** One triangle over everything; it needs no buffers. */
export const COLONY_VERTEX_GLSL = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0), 0.0, 1.0);
}
`;

/** One step of all cells; the same arithmetic as `CellField`. A cell is a pixel of four textures, see `COLONY_WGSL`. */
export const COLONY_STEP_GLSL = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D cells0;
uniform sampler2D cells1;
uniform sampler2D cells2;
uniform sampler2D cells3;
uniform sampler2D rules;
uniform ivec2 size;
uniform uint stream;
uniform int frozen;
uniform ivec4 places;
uniform vec4 dab;
uniform float dabShare;

layout(location = 0) out vec4 next0;
layout(location = 1) out vec4 next1;
layout(location = 2) out vec4 next2;
layout(location = 3) out vec4 next3;

uint mixed(uint bits) {
  bits ^= bits >> 15u;
  bits *= 0x85ebca6bu;
  bits ^= bits >> 13u;
  bits *= 0xc2b2ae35u;
  return bits ^ (bits >> 16u);
}

vec4 rule(int index) {
  return texelFetch(rules, ivec2(index % ${RULE_COLUMNS}, index / ${RULE_COLUMNS}), 0);
}

void think(vec4 seen[12], inout vec4 change[3], int start, int hidden, float share) {
  for (int k = 0; k < 3; k++) change[k] += share * rule(start + k);
  int at = start + ${HEAD_FOURS};
  for (int unit = 0; unit < hidden; unit++) {
    float sum = rule(at + 15).x;
    for (int i = 0; i < 12; i++) sum += dot(rule(at + i), seen[i]);
    if (sum > 0.0) {
      for (int k = 0; k < 3; k++) change[k] += share * sum * rule(at + 12 + k);
    }
    at += ${UNIT_FOURS};
  }
}

void look(sampler2D cells, ivec2 places[9], vec4 here, out vec4 across, out vec4 down, out vec4 beside) {
  vec4 a = texelFetch(cells, places[0], 0);
  vec4 b = texelFetch(cells, places[1], 0);
  vec4 c = texelFetch(cells, places[2], 0);
  vec4 d = texelFetch(cells, places[3], 0);
  vec4 f = texelFetch(cells, places[5], 0);
  vec4 g = texelFetch(cells, places[6], 0);
  vec4 h = texelFetch(cells, places[7], 0);
  vec4 i = texelFetch(cells, places[8], 0);
  across = 0.25 * (c + i - a - g) + 0.5 * (f - d);
  down = 0.25 * (g + i - a - c) + 0.5 * (h - b);
  beside = 0.25 * (a + c + g + i) + 0.5 * (b + d + f + h) - 3.0 * here;
}

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  vec4 here[3];
  here[0] = texelFetch(cells0, cell, 0);
  here[1] = texelFetch(cells1, cell, 0);
  here[2] = texelFetch(cells2, cell, 0);
  vec4 life = texelFetch(cells3, cell, 0);
  uint chance = mixed((uint(cell.x) * 0x27d4eb2du) ^ ((uint(cell.y) + 0x3c6ef372u) * 0x165667b1u) ^ stream);
  if (frozen == 0 && (chance >> 31u) == 0u) {
    ivec2 around[9];
    for (int k = 0; k < 9; k++) around[k] = (cell + ivec2(k % 3 - 1, k / 3 - 1) + size) % size;
    if (life.x == 0.0) {
      float near = 0.0;
      for (int k = 0; k < 9; k++) near += texelFetch(cells3, around[k], 0).x;
      life.x = near > 0.0 ? 1.0 : 0.0;
    } else {
      vec4 seen[12];
      for (int k = 0; k < 3; k++) seen[k] = here[k];
      look(cells0, around, here[0], seen[3], seen[6], seen[9]);
      look(cells1, around, here[1], seen[4], seen[7], seen[10]);
      look(cells2, around, here[2], seen[5], seen[8], seen[11]);
      vec4 change[3];
      for (int k = 0; k < 3; k++) change[k] = vec4(0.0);
      if (life.y < 1.0) think(seen, change, places.x, places.y, 1.0 - life.y);
      if (life.y > 0.0) think(seen, change, places.z, places.w, life.y);
      for (int k = 0; k < 3; k++) here[k] = clamp(here[k] + change[k], -1.0, 1.0);
    }
  }
  if (dab.w > 0.0) {
    vec2 far = abs(vec2(cell) + 0.5 - dab.xy);
    far = min(far, vec2(size) - far);
    if (dot(far, far) <= dab.z * dab.z) {
      if (dab.w == 3.0) {
        life.y = dabShare;
      } else {
        for (int k = 0; k < 3; k++) here[k] = vec4(0.0);
        life.x = dab.w == 2.0 ? 1.0 : 0.0;
      }
    }
  }
  next0 = here[0];
  next1 = here[1];
  next2 = here[2];
  next3 = life;
}
`;

/** The colours of all cells, the lowest row first, as Babylon's textures have them. */
export const COLONY_COLOUR_GLSL = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D cells0;
uniform sampler2D cells3;
uniform sampler2D rules;
uniform ivec2 size;
uniform ivec4 places;
uniform vec3 bare;

layout(location = 0) out vec4 colour;

vec4 rule(int index) {
  return texelFetch(rules, ivec2(index % ${RULE_COLUMNS}, index / ${RULE_COLUMNS}), 0);
}

vec3 colourOf(vec4 cell, int start) {
  vec4 four = vec4(cell.xyz, 1.0);
  return vec3(dot(rule(start + 3), four), dot(rule(start + 4), four), dot(rule(start + 5), four));
}

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  cell.y = size.y - 1 - cell.y;
  vec4 here = texelFetch(cells0, cell, 0);
  vec4 life = texelFetch(cells3, cell, 0);
  vec3 grown = mix(colourOf(here, places.x), colourOf(here, places.z), life.y);
  colour = vec4(life.x == 0.0 ? bare : clamp(grown, 0.0, 1.0), 1.0);
}
`;
