import { join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");

/**
 * What the compiler says about blocks of code that import the plugin by its public names.
 *
 * @param blocks - By their paths, which lie in the repository's folder "readme", where there is none.
 */
export function complaintsAbout(blocks: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const settings: ts.CompilerOptions = {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    paths: {
      "babylon-neural": [join(root, "plugin/index.ts")],
      "babylon-neural/*": [join(root, "plugin/*.ts")],
    },
  };
  const host = ts.createCompilerHost(settings);
  const { readFile, fileExists } = host;
  host.readFile = (path) => blocks.get(path) ?? readFile(path);
  host.fileExists = (path) => blocks.has(path) || fileExists(path);
  const { directoryExists, getSourceFile } = host;
  host.directoryExists = (path) => path === join(root, "readme") || directoryExists!(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = blocks.get(path);
    return text === undefined ? getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target, true);
  };
  const program = ts.createProgram([...blocks.keys()], settings, host);
  return [...blocks.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const line = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1;
      return `${path.slice(root.length + 1)}:${line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
    });
  });
}
