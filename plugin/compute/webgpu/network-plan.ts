import { choiceCount } from "../../core/action-spec.ts";
import { layOutNetwork, type Activation, type LayerLayout, type NetworkSpec } from "../../core/network-spec.ts";
import { observationSize } from "../../core/observation-spec.ts";
import type { RoleSpec } from "../../core/role-spec.ts";

/** Samples that one workgroup takes forward and back together; four go into one vector. */
export const SAMPLES = 16;
/** Features of those samples that fit into workgroup memory at once: 8 KiB of the 16 KiB that every device has. */
export const CHUNK = 128;
/** Columns of a matrix whose products with four samples one invocation sums up at once. */
export const COLUMNS = 4;
/** Rows and columns of a weight matrix whose gradient one workgroup sums up. */
export const TILE = 32;
/** Numbers that the loss leaves behind for each sample: policy loss, value loss, entropy, divergence, clipped. */
export const SAMPLE_STATISTICS = 5;

/** One layer, and where its numbers lie in the working buffers. */
export interface PlannedLayer extends LayerLayout {
  readonly activation: Activation;
  /** Column where its inputs begin in a row of results. */
  readonly from: number;
  /** Column where its results begin in a row of results. */
  readonly to: number;
  /** Column where the gradients by its results begin in a row of slopes. */
  readonly slope: number;
}

/** A weight matrix cut into tiles; log standard deviations count as biases of a matrix without inputs. */
export interface TiledLayer extends LayerLayout {
  readonly from: number;
  readonly slope: number;
  /** Number of its first tile, and how many lie side by side. */
  readonly firstTile: number;
  readonly tilesAcross: number;
}

/** Everything about a network that is compiled into its shaders. */
export interface NetworkPlan {
  readonly observation: number;
  readonly continuous: number;
  /** How many alternatives each branch has. */
  readonly branchSizes: readonly number[];
  readonly choices: number;
  readonly sharedTrunk: boolean;
  /** Hidden layers, then the head. */
  readonly actor: readonly PlannedLayer[];
  readonly critic: readonly PlannedLayer[];
  /** Where the log standard deviations begin among the parameters. */
  readonly logStd: number;
  readonly parameters: number;
  /** Numbers in a row of results: scaled observations, then every layer's results. */
  readonly resultColumns: number;
  /** Numbers in a row of slopes: gradients by every layer's results, by log standard deviations, then statistics. */
  readonly slopeColumns: number;
  readonly logStdSlope: number;
  readonly statisticsColumn: number;
  readonly tiled: readonly TiledLayer[];
  readonly tiles: number;
  /** Invocations of a workgroup that takes samples through the network. */
  readonly threads: number;
}

/** Plans where everything lies. */
export function planNetwork(role: RoleSpec, network: NetworkSpec): NetworkPlan {
  const layout = layOutNetwork(role, network);
  const observation = observationSize(role.observation);
  const continuous = role.action.continuous.length;
  let resultColumns = observation;
  let slopeColumns = 0;
  const place = (layers: readonly LayerLayout[], trunkEnd: number): PlannedLayer[] => {
    let from = trunkEnd;
    return layers.map((layer, index) => {
      const isHead = index === layers.length - 1;
      const planned: PlannedLayer = {
        ...layer,
        activation: isHead ? "linear" : network.activation,
        from,
        to: resultColumns,
        slope: slopeColumns,
      };
      from = resultColumns;
      resultColumns += layer.outputs;
      slopeColumns += layer.outputs;
      return planned;
    });
  };
  const actor = place(layout.actor, 0);
  const critic = place(layout.critic, network.sharedTrunk ? actor[actor.length - 2].to : 0);
  const logStdSlope = slopeColumns;
  const statisticsColumn = logStdSlope + continuous;
  const deviations = {
    name: "log standard deviations",
    inputs: 0,
    outputs: continuous,
    weights: layout.logStd,
    biases: layout.logStd,
    from: 0,
    slope: logStdSlope,
  };
  let tiles = 0;
  const tiled = [...actor, ...critic, ...(continuous > 0 ? [deviations] : [])].map((layer): TiledLayer => {
    const { name, inputs, outputs, weights, biases, from, slope } = layer;
    const tilesAcross = Math.max(1, Math.ceil(inputs / TILE));
    const firstTile = tiles;
    tiles += tilesAcross * Math.ceil(outputs / TILE);
    return { name, inputs, outputs, weights, biases, from, slope, firstTile, tilesAcross };
  });
  const widest = Math.max(...network.hidden);
  return {
    observation,
    continuous,
    branchSizes: role.action.discrete.map((branch) => branch.choices.length),
    choices: choiceCount(role.action),
    sharedTrunk: network.sharedTrunk,
    actor,
    critic,
    logStd: layout.logStd,
    parameters: layout.size,
    resultColumns,
    slopeColumns: statisticsColumn + SAMPLE_STATISTICS,
    logStdSlope,
    statisticsColumn,
    tiled,
    tiles,
    threads: Math.min(256, 32 * Math.ceil((Math.ceil(widest / COLUMNS) * (SAMPLES / 4)) / 32)),
  };
}

/** A copy of parameters whose matrices are transposed to [inputs, outputs]: what going forward reads fastest. */
export function transposeWeights(plan: NetworkPlan, parameters: Float32Array): Float32Array<ArrayBuffer> {
  const transposed = new Float32Array(parameters);
  for (const { inputs, outputs, weights } of [...plan.actor, ...plan.critic]) {
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) transposed[weights + i * outputs + o] = parameters[weights + o * inputs + i];
    }
  }
  return transposed;
}
