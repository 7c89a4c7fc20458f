import { layOutNetwork, type LayerLayout, type NetworkSpec } from "../core/network-spec.ts";
import { Random } from "../core/random.ts";
import type { RoleSpec } from "../core/role-spec.ts";

/**
 * Random parameters to begin with: orthogonal weights with gain √2 in hidden layers and convolutions, 0.01 in the actor's last layer and 1
 * in the critic's, biases 0, log standard deviations 0.
 *
 * Detail 2 of "The 37 Implementation Details of PPO", Huang et al. 2022,
 * https://iclr-blog-track.github.io/2022/03/25/ppo-implementation-details/.
 *
 * @returns Laid out by `layOutNetwork`.
 */
export function initialParameters(role: RoleSpec, network: NetworkSpec, seed: number): Float32Array {
  const layout = layOutNetwork(role, network);
  const random = new Random(seed, 1);
  const parameters = new Float32Array(layout.size);
  const fill = (layers: readonly LayerLayout[], headGain: number): void => {
    layers.forEach((layer, i) => {
      const gain = i === layers.length - 1 ? headGain : Math.SQRT2;
      const rows = orthogonalMatrix(layer.outputs, layer.inputs, random);
      for (let j = 0; j < rows.length; j++) parameters[layer.weights + j] = rows[j] * gain;
    });
  };
  fill(layout.actor, 0.01);
  fill(layout.critic, 1);
  for (const { weights, filters, channels, size } of layout.encoders.flatMap(({ layers }) => layers)) {
    // [filters, size · size · channels], transposed into [size, size, channels, filters].
    const taps = size * size * channels;
    const rows = orthogonalMatrix(filters, taps, random);
    for (let filter = 0; filter < filters; filter++) {
      for (let tap = 0; tap < taps; tap++) {
        parameters[weights + tap * filters + filter] = rows[filter * taps + tap] * Math.SQRT2;
      }
    }
  }
  return parameters;
}

/** A random matrix [rows, columns] whose shorter side is orthonormal (Saxe et al. 2014): Gram and Schmidt on normals. */
export function orthogonalMatrix(rows: number, columns: number, random: Random): Float64Array {
  const isTall = rows > columns;
  const count = isTall ? columns : rows;
  const length = isTall ? rows : columns;
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    // Twice, since one pass leaves rounding errors.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const along = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i] -= along * other[i];
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    if (norm < 1e-6) continue;
    vectors.push(vector.map((x) => x / norm));
  }
  const matrix = new Float64Array(rows * columns);
  for (let v = 0; v < count; v++) {
    for (let i = 0; i < length; i++) matrix[isTall ? i * columns + v : v * columns + i] = vectors[v][i]!;
  }
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
