import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { bindDeclaration } from "./bind-babylonjs.ts";

/**
 * Writes a `.d.ts` for every source that the entries reach, once as it is and once bound to `babylonjs`.
 *
 * @param root - Folder that holds tsconfig.json; sources keep their places relative to `sourceFolder`.
 * @throws Error with the compiler's complaints.
 */
export function writeDeclarations(
  root: string,
  sourceFolder: string,
  entries: readonly string[],
  outDir: string,
): void {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const program = ts.createProgram([...entries], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    noUnusedLocals: false, // the linter's business
    noUnusedParameters: false,
    rootDir: sourceFolder,
    outDir: join(outDir, "types"),
  });
  const complaints: ts.Diagnostic[] = [...ts.getPreEmitDiagnostics(program)];
  const { diagnostics } = program.emit(undefined, (path, text) => {
    const place = relative(join(outDir, "types"), path);
    const declaration = nameJavaScript(text);
    write(resolve(outDir, "types", place), declaration);
    write(resolve(outDir, "babylonjs/types", place), bindDeclaration(declaration));
  });
  complaints.push(...diagnostics);
  if (complaints.length > 0) {
    throw new Error(
      ts.formatDiagnostics(complaints, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => "\n",
      }),
    );
  }
}

/** Relative imports name a source, `./a.ts`; whoever reads a declaration expects `./a.js`. */
function nameJavaScript(text: string): string {
  return text.replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2.js$1");
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
