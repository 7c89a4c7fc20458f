import { choiceCount } from "../../core/action-spec.ts";
import { layOutNetwork, type NetworkLayout, type NetworkSpec } from "../../core/network-spec.ts";
import { imageParts, observationSize, pictureSize } from "../../core/observation-spec.ts";
import type { RoleSpec } from "../../core/role-spec.ts";

/**
 * Words of a picture in a row: left and bottom in the cameras' texture, whether it is the first one of its episode, and how many
 * channels the camera has; 0 where the picture comes from ordinary memory.
 */
export const PICTURE_WORDS = 4;

/** Where everything lies that takes an agent's pictures to its actions. */
export interface ForwardPlan {
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  readonly layout: NetworkLayout;
  readonly observation: number;
  readonly continuous: number;
  readonly branches: readonly number[];
  readonly choices: number;
  /** Numbers that are read back for each agent. */
  readonly values: number;
  /** Floats that each agent has on the GPU, and where its pictures, the trunk's input and the results of layers begin there. */
  readonly stride: number;
  readonly pictures: readonly number[];
  /** Of each encoder, where each convolution writes; the last one writes into the trunk's input. */
  readonly convolved: readonly (readonly number[])[];
  readonly trunk: number;
  /** Of each of the actor's layers. */
  readonly layers: readonly number[];
  /** Words of an agent's row in a round, and where its parts begin: its place on the GPU, pictures, numbers, masks, noise. */
  readonly rowWords: number;
  readonly rowPictures: number;
  readonly rowObservation: number;
  readonly rowMasks: number;
  readonly rowNoise: number;
}

/** Lays out what a network needs on the GPU to decide. */
export function planForward(role: RoleSpec, network: NetworkSpec): ForwardPlan {
  const layout = layOutNetwork(role, network);
  const observation = observationSize(role.observation);
  const continuous = role.action.continuous.length;
  const branches = role.action.discrete.map(({ choices }) => choices.length);
  const choices = choiceCount(role.action);
  const floats = counter();
  const pictures = imageParts(role.observation).map((part) => floats.take(pictureSize(part)));
  const trunk = floats.take(layout.inputs);
  const convolved = layout.encoders.map(({ layers, from }) =>
    layers.map(({ outHeight, outWidth, filters }, index) =>
      index === layers.length - 1 ? trunk + from : floats.take(outHeight * outWidth * filters),
    ),
  );
  const layers = layout.actor.map(({ outputs }) => floats.take(outputs));
  const words = counter();
  words.take(1);
  const rowPictures = words.take(PICTURE_WORDS * pictures.length);
  const rowObservation = words.take(observation);
  const rowMasks = words.take(choices);
  const rowNoise = words.take(continuous + branches.length);
  return {
    role,
    network,
    layout,
    observation,
    continuous,
    branches,
    choices,
    values: continuous + branches.length,
    stride: floats.total(),
    pictures,
    convolved,
    trunk,
    layers,
    rowWords: words.total(),
    rowPictures,
    rowObservation,
    rowMasks,
    rowNoise,
  };
}

function counter(): { take(count: number): number; total(): number } {
  let size = 0;
  return {
    take(count) {
      size += count;
      return size - count;
    },
    total: () => size,
  };
}
