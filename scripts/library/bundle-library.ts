import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type InlineConfig, type Plugin } from "vite";
import { bindBabylonjs } from "./bind-babylonjs.ts";
import { writeDeclarations } from "./write-declarations.ts";

const root = resolve(import.meta.dirname, "../..");

/** The public face of the plugin: `plugin/NAME.ts`, as far as they exist. */
const PUBLIC_ENTRIES = [
  "index",
  "worker",
  "headless",
  "vision",
  "paint",
  "paint-gpu",
  "paint-worker",
  "editor",
] as const;

/** What stays the user's own package. Everything else travels inside the library. */
export const PEERS = /^(@babylonjs\/(core|havok)|@tensorflow|node:)/;

/** The same where deep paths of `@babylonjs/core` are bound to `babylonjs`. */
const BOUND_PEERS = /^(babylonjs$|@babylonjs\/havok|@tensorflow|node:)/;

/** What is built from which sources, and where it goes. */
export interface LibraryOptions {
  /** Source files by the name of the entry. Default: the entry files of `plugin/` that exist. */
  readonly entries?: Readonly<Record<string, string>>;
  /** The folder that holds them all. Default `plugin/`. */
  readonly sourceFolder?: string;
  /** Emptied first. Default `dist-lib/`. */
  readonly outDir?: string;
}

/** The entry files that exist, by name. */
export function publicEntries(): Record<string, string> {
  const found = PUBLIC_ENTRIES.map((name) => [name, join(root, "plugin", `${name}.ts`)] as const);
  return Object.fromEntries(found.filter(([, path]) => existsSync(path)));
}

/**
 * Builds the library: ES modules for `@babylonjs/core`, the same for `babylonjs`, one file for script tags and the
 * Playground with the global `BABYLONNEURAL`, and declarations.
 */
export async function bundleLibrary(options: LibraryOptions = {}): Promise<void> {
  const entries = options.entries ?? publicEntries();
  const sourceFolder = resolve(root, options.sourceFolder ?? "plugin");
  const outDir = resolve(root, options.outDir ?? "dist-lib");
  rmSync(outDir, { recursive: true, force: true });
  await build(modules({ entries, sourceFolder }, outDir, false));
  await build(modules({ entries, sourceFolder }, join(outDir, "babylonjs"), true));
  await bundleScripts(outDir, entries);
  writeDeclarations(root, sourceFolder, Object.values(entries), outDir);
}

/** Builds the files for script tags alone. */
export async function bundleScripts(
  outDir: string,
  entries: Readonly<Record<string, string>> = publicEntries(),
): Promise<void> {
  for (const script of scripts(entries)) await build(scriptTag(script, outDir));
}

function shared(outDir: string): InlineConfig {
  return { root, configFile: false, publicDir: false, logLevel: "warn", build: { outDir, emptyOutDir: false } };
}

/** npm packs no folder that is called node_modules. */
function nameFile({ name }: { readonly name: string }): string {
  return `${name.replaceAll("node_modules", "vendor")}.js`;
}

interface ModuleSources {
  readonly entries: Readonly<Record<string, string>>;
  readonly sourceFolder: string;
}

function modules({ entries, sourceFolder }: ModuleSources, outDir: string, bound: boolean): InlineConfig {
  return {
    ...shared(outDir),
    plugins: bound ? [bindBabylonjs()] : [],
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2022",
      minify: false, // the user's bundler does it
      sourcemap: true,
      lib: { entry: { ...entries }, formats: ["es"] },
      rolldownOptions: {
        external: bound ? BOUND_PEERS : PEERS,
        treeshake: { propertyReadSideEffects: false },
        output: {
          // One file for each source, so that a game's bundler leaves out what the game does not use.
          preserveModules: true,
          preserveModulesRoot: sourceFolder,
          entryFileNames: nameFile,
        },
      },
    },
  };
}

/** A file for script tags, made from a source of its own. */
interface Script {
  readonly fileName: string;
  readonly source: string;
}

/** What pages without a bundler load: all of the plugin that needs no TensorFlow.js, and a worker that paints. */
function scripts(entries: Readonly<Record<string, string>>): Script[] {
  const { index, paint, "paint-worker": paintWorker } = entries;
  const importable = (path: string): string => JSON.stringify(path.replaceAll("\\", "/"));
  const found: Script[] = [];
  if (index) {
    const joined = paint ? [index, paint] : [index];
    const source = joined.map((path) => `export * from ${importable(path)};`).join("\n");
    found.push({ fileName: "babylonneural.js", source });
  }
  if (paintWorker) {
    const source = `import { servePainting } from ${importable(paintWorker)};\nservePainting();`;
    found.push({ fileName: "babylonneural.paint-worker.js", source });
  }
  return found;
}

const SCRIPT = "virtual-script";

function scriptSource(source: string): Plugin {
  return {
    name: "script-source",
    resolveId: (id) => (id.endsWith(SCRIPT) ? `\0${SCRIPT}` : null), // Vite makes a path of an entry
    load: (id) => (id === `\0${SCRIPT}` ? source : null),
  };
}

function scriptTag({ fileName, source }: Script, outDir: string): InlineConfig {
  return {
    ...shared(outDir),
    plugins: [scriptSource(source), bindBabylonjs()],
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2022",
      minify: true,
      sourcemap: true,
      lib: { entry: SCRIPT, formats: ["umd"], name: "BABYLONNEURAL", fileName: () => fileName },
      rolldownOptions: {
        // What needs TensorFlow.js is not there for script tags; whoever asks for it is told so.
        external: (id) => BOUND_PEERS.test(id) || id.endsWith("map-estimator.ts"),
        treeshake: { propertyReadSideEffects: false },
        output: { globals: { babylonjs: "BABYLON" } },
      },
    },
  };
}
