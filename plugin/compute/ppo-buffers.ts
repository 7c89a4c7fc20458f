import type { PpoBatch, PpoUpdateSettings } from "../core/learner.ts";
import type { BackwardPass, ResultGradients } from "./backward-pass.ts";
import type { Activations, FusedNetwork } from "./fused-network.ts";
import type { KernelMemory } from "./kernel-memory.ts";
import type { PanelBuffer } from "./panels.ts";

/** Rows of a sample's panel before its actions: old log probability, advantage, return, old value. */
const FIXED_ROWS = 4;

/** Where one update's rollout and the working room of its minibatches lie in kernel memory. Addresses, in bytes. */
export interface PpoBuffers {
  /** How many rows, entries of the order, and rows of a minibatch there is room for. */
  readonly rows: number;
  readonly orderLength: number;
  readonly minibatch: number;
  /** The rollout, row after row. */
  readonly observations: number;
  readonly continuous: number;
  readonly discrete: number;
  readonly masks: number;
  readonly columns: readonly [logProbabilities: number, advantages: number, returns: number, values: number];
  readonly order: number;
  /** A minibatch without its observations: the columns, then actions, then masks. */
  readonly samples: PanelBuffer;
  readonly activations: Activations;
  readonly gradients: ResultGradients;
}

/** The network that the buffers serve, and the memory that they lie in. */
export interface PpoRoom {
  readonly fused: FusedNetwork;
  readonly backward: BackwardPass;
  readonly memory: KernelMemory;
}

/** Copies a rollout and the order of its rows into kernel memory, into `buffers` if they are large enough. */
export function uploadBatch(
  batch: PpoBatch,
  settings: PpoUpdateSettings,
  room: PpoRoom,
  buffers: PpoBuffers | null,
): PpoBuffers {
  const { fused, memory } = room;
  const { count } = batch;
  // Room for every row that the caller's arrays could hold, since memory that was outgrown is never given back.
  const rows = Math.max(count, batch.returns.length);
  const minibatch = Math.min(settings.minibatchSize, rows);
  const isRoomy =
    buffers !== null &&
    buffers.rows >= count &&
    buffers.minibatch >= Math.min(settings.minibatchSize, count) &&
    buffers.orderLength >= settings.order.length;
  const into = isRoomy ? buffers : reserveBuffers(rows, minibatch, rows * settings.epochs, room);
  const upload = (address: number, values: ArrayLike<number>, width: number): void => {
    const target = memory.floats(address, count * width);
    for (let i = 0; i < target.length; i++) target[i] = values[i];
  };
  upload(into.observations, batch.observations, fused.observation);
  upload(into.continuous, batch.continuous, fused.continuous);
  upload(into.discrete, batch.discrete, fused.branches);
  upload(into.masks, batch.masks, fused.choices);
  upload(into.columns[0], batch.logProbabilities, 1);
  upload(into.columns[1], batch.advantages, 1);
  upload(into.columns[2], batch.returns, 1);
  upload(into.columns[3], batch.values, 1);
  memory.integers(into.order, settings.order.length).set(settings.order);
  return into;
}

function reserveBuffers(rows: number, minibatch: number, orderLength: number, room: PpoRoom): PpoBuffers {
  const { fused, backward, memory } = room;
  return {
    rows,
    orderLength,
    minibatch,
    observations: memory.reserve(rows * fused.observation),
    continuous: memory.reserve(rows * fused.continuous),
    discrete: memory.reserve(rows * fused.branches),
    masks: memory.reserve(rows * fused.choices),
    columns: [memory.reserve(rows), memory.reserve(rows), memory.reserve(rows), memory.reserve(rows)],
    order: memory.reserve(orderLength),
    samples: fused.reservePanels(minibatch, FIXED_ROWS + fused.continuous + fused.branches + fused.choices),
    activations: fused.reserveActivations(minibatch, true),
    gradients: backward.reserve(minibatch),
  };
}
