import { PolicyMismatchError } from "../core/errors.ts";
import { convolutionsFor, type NetworkLayout, type NetworkSpec } from "../core/network-spec.ts";
import { imageParts, observationSize, type ImagePart } from "../core/observation-spec.ts";
import type { PolicyData } from "../core/policy.ts";
import type { RoleSpec } from "../core/role-spec.ts";

/** A network in use, as far as its shape goes. */
interface ShapedNetwork {
  readonly role: RoleSpec;
  readonly spec: NetworkSpec;
  readonly layout: NetworkLayout;
}

/** Refuses a policy whose parameters would land in the wrong places. @throws PolicyMismatchError saying what differs. */
export function assertSameShape(data: PolicyData, network: ShapedNetwork, who: string): void {
  const needed = describeShape(network.role, network.spec);
  const came = describeShape(data.role, data.network);
  if (needed !== came) {
    throw new PolicyMismatchError(
      `${who}: needed a network with ${needed}, came one with ${came}. Give it a policy of the same shape.`,
    );
  }
  if (data.parameters.length !== network.layout.size) {
    throw new PolicyMismatchError(
      `${who}: needed ${network.layout.size} parameters, came ${data.parameters.length}. Give it a policy of the same shape.`,
    );
  }
}

function describeShape({ observation, action }: RoleSpec, network: NetworkSpec): string {
  const choices = action.discrete.map((branch) => branch.choices.length);
  return [
    `${observationSize(observation)} observations`,
    ...imageParts(observation).map((part) => describePicture(part, network)),
    `${network.sharedTrunk ? "shared" : "separate"} ${network.activation} layers [${network.hidden.join(", ")}]`,
    `${action.continuous.length} continuous actions`,
    `choices [${choices.join(", ")}]`,
  ].join(", ");
}

function describePicture(part: ImagePart, network: NetworkSpec): string {
  const convolutions = convolutionsFor(part, network).map(
    ({ filters, size, stride }) => `${filters} of ${size} × ${size} every ${stride}`,
  );
  return `a picture of ${part.width} × ${part.height} × ${part.channels} through convolutions [${convolutions.join(", ")}]`;
}
