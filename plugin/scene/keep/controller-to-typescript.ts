import type { PartDescription } from "../registry.ts";
import { partForm } from "../forms/part-form.ts";
import type { ControllerDescription } from "./description.ts";
import { CodeNames, printComment, printLiteral, printObject, upperFirst } from "./print-code.ts";
import { readController } from "./read-controller.ts";

/** How a controller's code is printed. */
export interface PrintOptions {
  /** Id of the node that gets the controller. */
  readonly node: string;
  /** Which package Babylon.js comes from in that game. Default `"@babylonjs/core"`. */
  readonly babylon?: "@babylonjs/core" | "babylonjs";
  /** Where the policy lies, in place of what the description says; null leaves it out. */
  readonly policyUrl?: string | null;
}

/**
 * Prints a described controller as TypeScript that makes the same one with the public API: a function that takes the scene.
 *
 * An embedded policy is printed as a `data:` URL, so that nothing has to lie beside the code; give a `policyUrl` for shorter code.
 *
 * @returns A module, without any formatting beyond two spaces.
 * @throws ConfigurationError for a description that cannot work.
 */
export function controllerToTypeScript(description: ControllerDescription, options: PrintOptions): string {
  const { name, sensors, actuators, network, policy, ...settings } = readController(
    description,
    "controllerToTypeScript",
  );
  const factories = factoriesOf([...sensors, ...actuators]);
  const names = new CodeNames(factories);
  const url = options.policyUrl === undefined ? policyUrl(policy) : options.policyUrl;
  const nodes = new Map<string, string>();
  for (const id of [options.node, ...sensors.flatMap(targetsOf)]) {
    if (!nodes.has(id)) nodes.set(id, names.take(id, "node"));
  }
  const variable = names.take(name, "controller");
  const maker = names.take(`add ${upperFirst(variable)}`, "addController");
  const imports = [
    "NeuralController",
    ...factories,
    ...(url === null ? [] : ["loadPolicy"]),
    ...(network ? ["type NetworkSpec"] : []),
  ].sort((a, b) => (a.replace("type ", "") < b.replace("type ", "") ? -1 : 1));
  const lists = [
    `sensors: [${sensors.map((part) => printSensor(part, nodes)).join(", ")}],`,
    followsActuators(sensors) ? "actuators," : `actuators: [${actuators.map(printActuator).join(", ")}],`,
    ...Object.entries(settings).map(([setting, value]) => `${setting}: ${printLiteral(value)},`),
  ];
  const lines = [
    ...importBabylon(options.babylon ?? "@babylonjs/core"),
    `import { ${imports.join(", ")} } from "babylon-neural${options.babylon === "babylonjs" ? "/babylonjs" : ""}";`,
    "",
    ...(network
      ? [
          `/** What a policy for ${printComment(name)} is taught with. */`,
          `export const ${names.take(`${variable} network`, "network")}: NetworkSpec = ${printLiteral(network)};`,
          "",
        ]
      : []),
    `/** Gives the node ${printComment(options.node)} its controller ${printComment(name)}. */`,
    url === null
      ? `export function ${maker}(scene: Scene): NeuralController {`
      : `export async function ${maker}(scene: Scene): Promise<NeuralController> {`,
    ...[...nodes].map(([id, node]) => `  const ${node} = find(scene, ${JSON.stringify(id)});`),
    ...(url === null ? [] : [`  const policy = await loadPolicy(${JSON.stringify(url)});`]),
    ...(followsActuators(sensors) ? [`  const actuators = [${actuators.map(printActuator).join(", ")}];`] : []),
    `  const ${variable} = new NeuralController(${JSON.stringify(name)}, {`,
    ...lists.map((line) => `    ${line}`),
    ...(url === null ? [] : ["    policy,"]),
    "  });",
    `  ${nodes.get(options.node) ?? ""}.addBehavior(${variable});`,
    `  return ${variable};`,
    "}",
    "",
    "function find(scene: Scene, id: string): TransformNode {",
    "  const node = scene.getMeshById(id) ?? scene.getTransformNodeById(id);",
    "  if (node) return node;",
    '  throw new Error(`needed a node with the id "${id}", came none. Load the scene first.`);',
    "}",
    "",
  ];
  return lines.join("\n");
}

function importBabylon(from: string): string[] {
  if (from === "babylonjs") return ['import type { Scene, TransformNode } from "babylonjs";'];
  return [
    'import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";',
    'import type { Scene } from "@babylonjs/core/scene.js";',
  ];
}

function policyUrl(policy: ControllerDescription["policy"]): string | null {
  if (!policy) return null;
  return "url" in policy ? policy.url : `data:application/octet-stream;base64,${policy.embedded}`;
}

/** The names of the functions that make the parts, each once; those of the palette are called as their kinds. */
function factoriesOf(parts: readonly PartDescription[]): string[] {
  const inner = parts.flatMap(({ options }) => (options?.["sensor"] ? [options["sensor"] as PartDescription] : []));
  return [...new Set([...parts, ...inner].map(({ kind }) => kind))];
}

/** Ids of the nodes that a sensor names. */
export function targetsOf({ kind, options = {} }: PartDescription): string[] {
  return (partForm("sensors", kind)?.fields ?? []).flatMap(({ type, name }) => {
    if (type === "sensor") return targetsOf(options[name] as PartDescription);
    return type === "node" && typeof options[name] === "string" ? [options[name]] : [];
  });
}

function followsActuators(sensors: readonly PartDescription[]): boolean {
  return factoriesOf(sensors).includes("lastAction");
}

function printSensor({ kind, options = {} }: PartDescription, nodes: ReadonlyMap<string, string>): string {
  const { target, sensor, count, ...others } = options;
  if (kind === "lastAction") return "lastAction(actuators)";
  if (kind === "stacked") return `stacked(${printSensor(sensor as PartDescription, nodes)}, ${printLiteral(count)})`;
  const rest = Object.entries(others);
  const given = rest.length > 0 ? [printObject(rest, printLiteral)] : [];
  const node = typeof target === "string" ? [nodes.get(target) ?? "null"] : [];
  return `${kind}(${[...node, ...given].join(", ")})`;
}

function printActuator({ kind, options = {} }: PartDescription): string {
  return `${kind}(${printLiteral(options)})`;
}
