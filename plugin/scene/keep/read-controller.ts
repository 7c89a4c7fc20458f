import { ConfigurationError } from "../../core/errors.ts";
import { ACTIVATIONS, assertNetworkSpec, type Convolution, type NetworkSpec } from "../../core/network-spec.ts";
import { UntrustedField, type FieldWording } from "../../core/untrusted-field.ts";
import type { ControllerDescription, PolicyDescription } from "./description.ts";
import { readPart, readText, sensedSize } from "./read-part.ts";

/** How a scene's keepsakes are spoken of. */
export const KEEPSAKE_WORDING: FieldWording = {
  of: "the kept",
  advice: "Correct it, or remove it and keep the controller again.",
  error: (message) => new ConfigurationError(message),
};

/** No agent that is kept has more sensors, or more actuators. */
const MOST_PARTS = 64;
/** No agent that is kept senses more: far beyond what small networks learn from, far below what a page notices. */
const MOST_NUMBERS = 16_384;
/** Bytes of pictures: as for `ObservationSpec`. */
const MOST_PICTURE_BYTES = 4_194_304;
const SLOWEST = 0.001;
const FASTEST = 1000;

/**
 * Checks the description of a controller that came from somebody's scene: everything but what a part says itself when it is
 * made.
 *
 * @param who - Named at the start of messages, e.g. `Node "box"`.
 * @param place - Where the description lies, e.g. `"controllers[0]"`.
 * @returns A copy that holds nothing else.
 * @throws ConfigurationError naming the place of what cannot be.
 */
export function readController(value: unknown, who: string, place = "controller"): ControllerDescription {
  const field = new UntrustedField(value, place, who, KEEPSAKE_WORDING);
  const name = readText(field.get("name"));
  if (name.trim() === "") field.get("name").fail("a name");
  const sensors = readParts(field, "sensors");
  const actuators = readParts(field, "actuators");
  assertSize(field, sensors.map(sensedSize));
  return { name, sensors, actuators, ...readSettings(field), ...readPolicyPart(field) };
}

function readParts(field: UntrustedField, list: "sensors" | "actuators"): ControllerDescription["sensors"] {
  const parts = field.get(list).list();
  if (parts.length < 1 || parts.length > MOST_PARTS) field.get(list).fail(`a list of 1 to ${MOST_PARTS}`);
  return parts.map((part) => readPart(part, list));
}

function assertSize(field: UntrustedField, sizes: readonly ReturnType<typeof sensedSize>[]): void {
  const numbers = sizes.reduce((sum, size) => sum + size.numbers, 0);
  const pictures = sizes.reduce((sum, size) => sum + size.pictures, 0);
  // Written so that NaN does not pass.
  if (!(numbers <= MOST_NUMBERS)) field.get("sensors").fail(`sensors of at most ${MOST_NUMBERS} numbers together`);
  if (!(pictures <= MOST_PICTURE_BYTES)) field.get("sensors").fail("sensors of at most 4 MiB of pictures together");
}

function readSettings(field: UntrustedField): Partial<ControllerDescription> {
  const rate = field.find("decisionsPerSecond");
  const interpolate = field.find("interpolate");
  const greedy = field.find("greedy");
  const phase = field.find("phase");
  const network = field.find("network");
  return {
    ...(rate && { decisionsPerSecond: readNumber(rate, SLOWEST, FASTEST) }),
    ...(interpolate && { interpolate: interpolate.flag() }),
    ...(greedy && { greedy: greedy.flag() }),
    ...(phase && { phase: phase.textOrNumber() === "spread" ? ("spread" as const) : readNumber(phase, 0, 1) }),
    ...(network && { network: readNetwork(network) }),
  };
}

function readNumber(field: UntrustedField, least: number, most: number): number {
  const number = field.number();
  return number >= least && number <= most ? number : field.fail(`a number from ${least} to ${most}`);
}

function readNetwork(field: UntrustedField): NetworkSpec {
  const convolutions = field.find("convolutions");
  const network: NetworkSpec = {
    hidden: field
      .get("hidden")
      .list()
      .map((width) => width.number()),
    activation: field.get("activation").oneOf(ACTIVATIONS),
    sharedTrunk: field.get("sharedTrunk").flag(),
    ...(convolutions && { convolutions: convolutions.list().map(readConvolution) }),
  };
  try {
    assertNetworkSpec(network, "network");
  } catch (cause) {
    field.fail(`a network that can be (${(cause as Error).message.replace(/^network: |\. [^.]*\.$/g, "")})`);
  }
  return network;
}

function readConvolution(field: UntrustedField): Convolution {
  const [filters, size, stride] = (["filters", "size", "stride"] as const).map((name) => field.get(name).number());
  return { filters, size, stride };
}

function readPolicyPart(field: UntrustedField): { policy?: PolicyDescription } {
  const policy = field.find("policy");
  if (!policy) return {};
  const embedded = policy.find("embedded");
  if (embedded) return { policy: { embedded: embedded.text() } };
  const url = policy.find("url");
  if (!url) return policy.fail('an "embedded" file or a "url"');
  return { policy: { url: url.text() } };
}
