import { createRequire } from "node:module";
import type { Plugin } from "vite";

const DEEP = "@babylonjs/core/";
const VIRTUAL = "\0babylonjs:";
const NAMESPACE = `${VIRTUAL}namespace`;

/**
 * Binds sources that import deep paths of `@babylonjs/core` to the one package `babylonjs`, so that a game which uses
 * that package gets a library that shares its classes.
 *
 * Each deep path becomes a small module that takes the same names from `babylonjs`; a name which that package lacks
 * is then missing from the module, and the build fails on its import.
 */
export function bindBabylonjs(): Plugin {
  const names = new Set(Object.keys(createRequire(import.meta.url)("babylonjs") as object));
  return {
    name: "bind-babylonjs",
    enforce: "pre",
    resolveId(source) {
      if (source === NAMESPACE) return NAMESPACE;
      return source.startsWith(DEEP) ? `${VIRTUAL}${source}` : null;
    },
    async load(id) {
      if (id === NAMESPACE) {
        // Node sees only the default of that package, bundlers see either.
        const code =
          'import * as namespace from "babylonjs";\nexport const BABYLON = namespace.default ?? namespace;\n';
        return { code, moduleSideEffects: false };
      }
      if (!id.startsWith(VIRTUAL)) return null;
      const module = (await import(id.slice(VIRTUAL.length))) as object;
      const exported = Object.keys(module).filter((name) => names.has(name));
      const lines = exported.map((name) => `export const ${name} = BABYLON.${name};`);
      return { code: [`import { BABYLON } from "${NAMESPACE}";`, ...lines].join("\n"), moduleSideEffects: false };
    },
  };
}

/** Binds the text of a declaration file to `babylonjs`. */
export function bindDeclaration(text: string): string {
  return text
    .replace(/^import "@babylonjs\/core\/[^"]+";\n/gm, "")
    .replace(/"@babylonjs\/core\/[^"]+"/g, '"babylonjs"');
}
