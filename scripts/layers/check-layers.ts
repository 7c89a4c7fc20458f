import { collectImports, isKernel, parse, reachableFrom, type ImportEdge, type SourceFiles } from "./import-graph.ts";
import { ENTRY_LIMITS, LAYERS, type Layer } from "./layer-table.ts";

/**
 * Holds every import of `plugin/` and `sample-game/` against the layer table.
 *
 * @returns One line for each violation, `path:line: what is wrong`; none when all is well.
 */
export function checkLayers(files: SourceFiles): string[] {
  const modules = [...files].filter(([path]) => !isKernel(path));
  const edges = modules.flatMap(([path, text]) => collectImports(parse(path, text)));
  return [...edges.flatMap(checkEdge), ...checkEntries(files, edges)];
}

function checkEdge(edge: ImportEdge): string[] {
  const problem = edge.from.startsWith("plugin/") ? checkPluginEdge(edge) : checkGameEdge(edge);
  return problem === null ? [] : [`${edge.from}:${edge.line}: ${problem}, came "${edge.specifier}"`];
}

function checkPluginEdge(edge: ImportEdge): string | null {
  const name = layerOf(edge.from);
  const layer = name === null ? null : (LAYERS[name] ?? null);
  if (name !== null && !layer) return `"${name}" needs a line in the layer table`;
  if (edge.to === edge.specifier) return checkPackage(edge, name, layer);
  if (!edge.to.startsWith("plugin/")) return "the plugin imports nothing from outside plugin/";
  if (!layer || name === null) return null; // entries may join layers
  const target = layerOf(edge.to);
  if (target === null) return checkEntry(edge, name, layer);
  if (target === name) return null;
  if (!layer.imports.includes(target)) return `${name} may import ${layer.imports.join(", ") || "no other layer"}`;
  return null;
}

/** A layer's import of an entry file. */
function checkEntry(edge: ImportEdge, name: string, { entries = [], dynamicEntries = [] }: Layer): string | null {
  const entry = edge.to.slice("plugin/".length).replace(/\.ts$/, "");
  if (entries.includes(entry)) return null;
  if (!dynamicEntries.includes(entry))
    return `${name} imports no entry files${entries.length > 0 ? ` but ${entries.join(", ")}` : ""}`;
  return edge.kind === "static" ? `${name} loads ${entry}.ts only by import()` : null;
}

function checkPackage(edge: ImportEdge, name: string | null, layer: Layer | null): string | null {
  const { to, kind } = edge;
  const who = name ?? "an entry file";
  if (to === "babylonjs" || /^@babylonjs\/core\/?$/.test(to)) return "Babylon.js comes by deep paths, never the barrel";
  if (to.startsWith("@babylonjs/core/")) {
    if (layer && !layer.babylon) return `${who} knows no Babylon.js`;
    return to.endsWith(".js") ? null : "deep paths end with .js";
  }
  if (to.startsWith("@tensorflow/")) {
    if (layer && !layer.tfjs) return `${who} knows no TensorFlow.js`;
    return null; // which entries may reach it is checked from the entry
  }
  if (to.startsWith("node:")) {
    if (kind !== "static" || /^plugin\/(headless|[^/]+-node)\.ts$/.test(edge.from)) return null;
    return "Node's own modules come by import(), except in headless.ts and *-node.ts";
  }
  if (!layer || layer.babylon) {
    if (to === "@babylonjs/havok") return kind === "static" && layer ? `${who} loads Havok only by import()` : null;
  }
  if (layer?.packages?.some((known) => to === known || to.startsWith(`${known}/`))) return null;
  return `${who} imports no such package`;
}

function checkGameEdge(edge: ImportEdge): string | null {
  const inRules = /^sample-game\/[^/]+\/rules\//.test(edge.from);
  if (edge.to === edge.specifier) {
    if (inRules) return "rules are plain TypeScript without packages";
    if (edge.to === "babylonjs" || /^@babylonjs\/core\/?$/.test(edge.to)) {
      return "Babylon.js comes by deep paths, never the barrel";
    }
    if (edge.to.startsWith("@babylonjs/core/") && !edge.to.endsWith(".js")) return "deep paths end with .js";
    // Where a file of it lies may be known: a worker of the plugin's fetches it.
    const isAddress = edge.to.endsWith(".wasm?url");
    return edge.to.startsWith("@tensorflow/") && !isAddress ? "the game knows no TensorFlow.js" : null;
  }
  if (edge.to.startsWith("plugin/")) {
    if (layerOf(edge.to) !== null) return "the game imports entry files of the plugin only";
    return inRules && edge.kind !== "type" ? "rules take only types from the plugin" : null;
  }
  if (!edge.to.startsWith("sample-game/")) return "the game imports nothing beyond itself and the plugin";
  if (inRules && !/^sample-game\/[^/]+\/rules\//.test(edge.to)) return "rules know neither view nor shell";
  return null;
}

function checkEntries(files: SourceFiles, edges: readonly ImportEdge[]): string[] {
  const problems: string[] = [];
  for (const [entry, limit] of Object.entries(ENTRY_LIMITS)) {
    if (!files.has(entry)) continue;
    const kinds = entry === "plugin/index.ts" ? (["static", "type"] as const) : (["static"] as const);
    for (const [reached, way] of reachableFrom(entry, edges, kinds)) {
      if (limit.test(reached)) problems.push(`${entry}: must not reach ${reached}, came ${way.join(" → ")}`);
    }
  }
  return problems;
}

/** The folder of `plugin/` that a file belongs to; null for entry files. */
function layerOf(path: string): string | null {
  const parts = path.split("/");
  return parts.length > 2 ? parts[1] : null;
}
