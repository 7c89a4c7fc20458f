import type { DiscreteBranch } from "./action-spec.ts";
import { decodeContainer, encodeContainer, type Container } from "./container.ts";
import { PolicyFileError } from "./errors.ts";
import { ACTIVATIONS, assertNetworkSpec, layOutNetwork, type Convolution, type NetworkSpec } from "./network-spec.ts";
import { imageParts, observationLabels, unboundedFlags, type ImagePart, type VectorPart } from "./observation-spec.ts";
import type { BirthCertificate, NormaliserState, PolicyData } from "./policy.ts";
import { assertRoleSpec, type RoleSpec } from "./role-spec.ts";
import { UntrustedField } from "./untrusted-field.ts";

const FORMAT = "policy";
/** Numbers only: what every release reads. */
const FIRST_VERSION = 1;
/** 2: pictures and convolutions. */
const NEWEST_VERSION = 2;

/**
 * Packs a policy into the bytes of one file, customarily named `*.bnp`. A policy that sees numbers only gets a file that
 * older releases read as well.
 *
 * @throws PolicyFileError for data that could not be read back: numbers that are not finite, sizes that do not fit.
 */
export function encodePolicy(data: PolicyData): Uint8Array {
  const { role, network, normaliser, birth } = data;
  const labels = observationLabels(role.observation);
  if (normaliser.scaled.length !== labels.length) {
    throw new PolicyFileError(
      `encodePolicy: the normaliser needs ${labels.length} flags in "scaled", came ${normaliser.scaled.length}. Make it with createNormaliser.`,
    );
  }
  const bytes = encodeContainer(
    FORMAT,
    imageParts(role.observation).length > 0 ? NEWEST_VERSION : FIRST_VERSION,
    {
      role,
      network,
      distribution: { continuous: "gaussian", discrete: "categorical" },
      normaliser: {
        count: normaliser.count,
        clip: normaliser.clip === Infinity ? "none" : normaliser.clip,
        scaled: labels.filter((_, index) => normaliser.scaled[index] === 1),
      },
      birth,
    },
    { parameters: data.parameters, "normaliser mean": normaliser.mean, "normaliser variance": normaliser.variance },
  );
  decodePolicy(bytes, "encodePolicy");
  return bytes;
}

/**
 * Unpacks a policy. Everything in the file is checked; nothing in it is run.
 *
 * @param who - Named at the start of messages, e.g. `Policy file "guard.bnp"`.
 * @throws PolicyFileError for a file that is foreign, truncated, corrupted, newer than this release, or whose parts
 * contradict each other.
 */
export function decodePolicy(bytes: Uint8Array, who: string): PolicyData {
  const container = decodeContainer(bytes, FORMAT, NEWEST_VERSION, who);
  const header = new UntrustedField(container.header, "", who);
  const role = readRole(header.get("role"));
  const network = readNetwork(header.get("network"));
  try {
    assertRoleSpec(role, who);
    assertNetworkSpec(network, who, role);
  } catch (cause) {
    throw new PolicyFileError((cause as Error).message, { cause });
  }
  header.get("distribution").get("continuous").oneOf(["gaussian"]);
  header.get("distribution").get("discrete").oneOf(["categorical"]);
  const parameters = takeArray(container, "parameters", layOutNetwork(role, network).size, who);
  const normaliser = readNormaliser(header.get("normaliser"), container, role, who);
  return { role, network, normaliser, parameters, birth: readBirth(header.get("birth")) };
}

function takeArray(container: Container, name: string, length: number, who: string): Float32Array {
  const array = container.arrays[name];
  if (array?.length === length) return array;
  throw new PolicyFileError(
    `${who}: its labels and layers need ${length} numbers in "${name}", came ${array?.length ?? "none"}. Save the policy again with this release, or teach anew.`,
  );
}

/** Reads the labels of a role; `assertRoleSpec` must follow. */
export function readRole(field: UntrustedField): RoleSpec {
  const parts = field.get("observation").get("parts").list().map(readPart);
  const discrete = field
    .get("action")
    .get("discrete")
    .list()
    .map((branch): DiscreteBranch => ({ label: branch.get("label").text(), choices: branch.get("choices").texts() }));
  return { observation: { parts }, action: { continuous: field.get("action").get("continuous").texts(), discrete } };
}

function readPart(field: UntrustedField): VectorPart | ImagePart {
  const kind = field.get("kind").oneOf(["vector", "image"]);
  if (kind === "vector") {
    const labels = field.get("labels").texts();
    const unbounded = field.find("unbounded")?.texts();
    return unbounded === undefined ? { kind, labels } : { kind, labels, unbounded };
  }
  const [height, width, channels] = ["height", "width", "channels"].map((size) => field.get(size).number());
  return { kind, label: field.get("label").text(), height, width, channels };
}

function readNetwork(field: UntrustedField): NetworkSpec {
  const convolutions = field
    .find("convolutions")
    ?.list()
    .map((convolution): Convolution => ({
      filters: convolution.get("filters").number(),
      size: convolution.get("size").number(),
      stride: convolution.get("stride").number(),
    }));
  return {
    hidden: field
      .get("hidden")
      .list()
      .map((width) => width.number()),
    activation: field.get("activation").oneOf(ACTIVATIONS),
    sharedTrunk: field.get("sharedTrunk").flag(),
    ...(convolutions && { convolutions }),
  };
}

function readNormaliser(field: UntrustedField, container: Container, role: RoleSpec, who: string): NormaliserState {
  const labels = observationLabels(role.observation);
  const mean = takeArray(container, "normaliser mean", labels.length, who);
  const variance = takeArray(container, "normaliser variance", labels.length, who);
  const scaled = unboundedFlags({ parts: [{ kind: "vector", labels, unbounded: field.get("scaled").texts() }] });
  const count = field.get("count").number();
  const clipField = field.get("clip").textOrNumber();
  const clip = clipField === "none" ? Infinity : field.get("clip").number();
  const wrong = variance.findIndex((value) => value < 0);
  if (wrong >= 0) {
    throw new PolicyFileError(
      `${who}: the variance of "${labels[wrong]}" needs to be 0 or more, came ${variance[wrong]}. Save the policy again, or teach anew.`,
    );
  }
  if (count < 0 || clip <= 0) {
    throw new PolicyFileError(
      `${who}: its normaliser needs a count from 0 and a clip above 0, came ${count} and ${clip}. Save the policy again, or teach anew.`,
    );
  }
  return { count, mean, variance, clip, scaled };
}

function readBirth(field: UntrustedField): BirthCertificate {
  const birth: { -readonly [Key in keyof BirthCertificate]: BirthCertificate[Key] } = {};
  for (const key of ["lesson", "algorithm", "command", "made", "device"] as const) {
    const found = field.find(key);
    if (found) birth[key] = found.text();
  }
  for (const key of ["seed", "decisions"] as const) {
    const found = field.find(key);
    if (found) birth[key] = found.number();
  }
  const notes = field.find("notes");
  if (notes) birth.notes = Object.fromEntries(notes.keys().map((key) => [key, notes.get(key).textOrNumber()]));
  return birth;
}
