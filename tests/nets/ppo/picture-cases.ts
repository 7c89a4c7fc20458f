import type { PpoBatch, PpoUpdateSettings } from "../../../plugin/core/learner.ts";
import type { Convolution, NetworkSpec } from "../../../plugin/core/network-spec.ts";
import { observationSpec, type ObservationOptions } from "../../../plugin/core/observation-spec.ts";
import { Random } from "../../../plugin/core/random.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import { AGREEMENT_SETTINGS } from "../../compute/oracle/agreement.ts";
import { randomBatch, randomParameters, syntheticRole } from "../../compute/oracle/random-batch.ts";

/** An agent that sees, its network, and what it is to learn from. */
export interface PictureCase {
  readonly name: string;
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
}

const grid = { label: "grid", height: 9, width: 7, channels: 3 };
const camera = { label: "camera", height: 20, width: 20, channels: 3 };
const grey = { label: "grey", height: 13, width: 16, channels: 1 };

function seeing(observation: ObservationOptions, continuous: number, branches: readonly number[] = []): RoleSpec {
  return { observation: observationSpec(observation), action: syntheticRole(1, continuous, branches).action };
}

function net(convolutions: readonly Convolution[] | null, sharedTrunk = false): NetworkSpec {
  const rest = { hidden: [12, 8], activation: "tanh", sharedTrunk } as const;
  return convolutions ? { ...rest, convolutions } : rest;
}

/** Every way to see: one picture, several of several sizes, beside numbers, strides that do not divide, both trunks. */
export const PICTURE_CASES: readonly PictureCase[] = [
  { name: "one grid, discrete", role: seeing({ images: [grid] }, 0, [4]), network: net(null) },
  { name: "one camera, continuous, shared trunk", role: seeing({ images: [camera] }, 2), network: net(null, true) },
  {
    name: "two pictures and numbers, mixed actions",
    role: seeing({ labels: ["speed", "height"], images: [grey, grid] }, 1, [3, 2]),
    network: net([
      { filters: 5, size: 3, stride: 2 },
      { filters: 7, size: 2, stride: 1 },
    ]),
  },
  {
    name: "three convolutions, shared trunk",
    role: seeing({ labels: ["speed"], images: [camera] }, 0, [3]),
    network: net(
      [
        { filters: 6, size: 5, stride: 3 },
        { filters: 4, size: 2, stride: 1 },
        { filters: 3, size: 2, stride: 2 },
      ],
      true,
    ),
  },
];

/** Random parameters, and a batch whose old probabilities are about right: some ratios are clipped, others not. */
export function pictureWork(
  { role, network }: PictureCase,
  rows: number,
  changes: Partial<PpoUpdateSettings> = {},
): { readonly parameters: Float32Array; readonly batch: PpoBatch; readonly settings: PpoUpdateSettings } {
  const batch = randomBatch(role, rows, 5, 0.2);
  const random = new Random(11);
  const expected = -role.action.continuous.length - role.action.discrete.length;
  for (let row = 0; row < rows; row++) batch.logProbabilities[row] = expected + 0.3 * random.normal();
  const base = { ...AGREEMENT_SETTINGS, ...changes };
  const order = new Uint32Array(base.epochs * rows);
  for (let epoch = 0; epoch < base.epochs; epoch++) {
    const part = order.subarray(epoch * rows, (epoch + 1) * rows);
    for (let row = 0; row < rows; row++) part[row] = row;
    random.shuffle(part);
  }
  return { parameters: randomParameters(role, network, 3), batch, settings: { ...base, order } };
}
