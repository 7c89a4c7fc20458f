import { ShaderStore } from "@babylonjs/core/Engines/shaderStore.js";

/** The post-process's fragment shaders, as Babylon's store names them. */
export const CAMERA_NOISE_SHADER = "neuralCameraNoise";
export const DIVIDED_SHADER = "neuralDividedFrame";

/**
 * pcg3d, Jarzynski & Olano 2020, https://jcgt.org/published/0009/03/02/: three random words of three. Box and Muller's way makes normally distributed
 * numbers of them.
 */
const NOISE_GLSL = `
varying vec2 vUV;
uniform sampler2D textureSampler;
/** Electrons of white, of reading, and the lower and upper half of this frame's seed. */
uniform vec4 sensor;
uniform vec2 frameSize;

uvec3 scatter(uvec3 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return v;
}

void main(void) {
  vec4 colour = clamp(texture2D(textureSampler, vUV), 0.0, 1.0);
  uvec3 place = uvec3(uvec2(vUV * frameSize), uint(sensor.z) + 65536u * uint(sensor.w));
  uvec3 first = scatter(place);
  uvec3 second = scatter(first);
  vec3 near = (vec3(first >> 8u) + 0.5) / 16777216.0;
  vec3 far = 6.28318530718 * vec3(second >> 8u) / 16777216.0;
  vec3 normal = sqrt(-2.0 * log(near)) * cos(far);
  vec3 light = mix(pow((colour.rgb + 0.055) / 1.055, vec3(2.4)), colour.rgb / 12.92, vec3(lessThanEqual(colour.rgb, vec3(0.04045))));
  vec3 seen = clamp(light + sqrt(sensor.y * sensor.y + sensor.x * light) / sensor.x * normal, 0.0, 1.0);
  vec3 coded = mix(1.055 * pow(seen, vec3(1.0 / 2.4)) - 0.055, 12.92 * seen, vec3(lessThanEqual(seen, vec3(0.0031308))));
  gl_FragColor = vec4(coded, colour.a);
}`;

const NOISE_WGSL = `
varying vUV: vec2f;
var textureSamplerSampler: sampler;
var textureSampler: texture_2d<f32>;
uniform sensor: vec4f;
uniform frameSize: vec2f;

fn scatter(given: vec3u) -> vec3u {
  var v = given * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> vec3u(16u);
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return v;
}

@fragment
fn main(input: FragmentInputs) -> FragmentOutputs {
  let colour = clamp(textureSample(textureSampler, textureSamplerSampler, input.vUV), vec4f(0.0), vec4f(1.0));
  let sensor = uniforms.sensor;
  let place = vec3u(vec2u(input.vUV * uniforms.frameSize), u32(sensor.z) + 65536u * u32(sensor.w));
  let first = scatter(place);
  let second = scatter(first);
  let near = (vec3f(first >> vec3u(8u)) + 0.5) / 16777216.0;
  let far = 6.28318530718 * vec3f(second >> vec3u(8u)) / 16777216.0;
  let normal = sqrt(-2.0 * log(near)) * cos(far);
  let light = select(pow((colour.rgb + 0.055) / 1.055, vec3f(2.4)), colour.rgb / 12.92, colour.rgb <= vec3f(0.04045));
  let seen = clamp(light + sqrt(sensor.y * sensor.y + sensor.x * light) / sensor.x * normal, vec3f(0.0), vec3f(1.0));
  let coded = select(1.055 * pow(seen, vec3f(1.0 / 2.4)) - 0.055, 12.92 * seen, seen <= vec3f(0.0031308));
  fragmentOutputs.color = vec4f(coded, colour.a);
}`;

/** To the left of the divider the frame as it came, to its right the cleaned one. */
const DIVIDED_GLSL = `
varying vec2 vUV;
uniform sampler2D textureSampler;
uniform sampler2D cleanedSampler;
uniform float divider;
void main(void) {
  vec4 came = texture2D(textureSampler, vUV);
  vec4 cleaned = texture2D(cleanedSampler, vUV);
  gl_FragColor = vUV.x < divider ? came : cleaned;
}`;

const DIVIDED_WGSL = `
varying vUV: vec2f;
var textureSamplerSampler: sampler;
var textureSampler: texture_2d<f32>;
var cleanedSamplerSampler: sampler;
var cleanedSampler: texture_2d<f32>;
uniform divider: f32;
@fragment
fn main(input: FragmentInputs) -> FragmentOutputs {
  let came = textureSample(textureSampler, textureSamplerSampler, input.vUV);
  let cleaned = textureSample(cleanedSampler, cleanedSamplerSampler, input.vUV);
  fragmentOutputs.color = select(cleaned, came, input.vUV.x < uniforms.divider);
}`;

/** Puts both shaders into Babylon's store, in both languages. */
export function registerGrainShaders(): void {
  ShaderStore.ShadersStore[`${CAMERA_NOISE_SHADER}PixelShader`] = NOISE_GLSL;
  ShaderStore.ShadersStoreWGSL[`${CAMERA_NOISE_SHADER}PixelShader`] = NOISE_WGSL;
  ShaderStore.ShadersStore[`${DIVIDED_SHADER}PixelShader`] = DIVIDED_GLSL;
  ShaderStore.ShadersStoreWGSL[`${DIVIDED_SHADER}PixelShader`] = DIVIDED_WGSL;
}
