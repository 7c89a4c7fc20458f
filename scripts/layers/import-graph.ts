import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

/** One mention of another module. */
export interface ImportEdge {
  /** File that mentions it, relative to the repository, with forward slashes. */
  readonly from: string;
  /** From 1. */
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** The file meant by a relative specifier, relative to the repository; else the specifier itself. */
  readonly to: string;
  /**
   * `static` runs when the module loads, `type` leaves no trace, `dynamic` is `import()` or a worker's
   * `new URL(…, import.meta.url)`.
   */
  readonly kind: "static" | "type" | "dynamic";
}

/** Sources by their path relative to the repository. */
export type SourceFiles = ReadonlyMap<string, string>;

/** Reads every source below some folders; generated files and dependencies are left out. */
export function readSources(root: string, folders: readonly string[]): SourceFiles {
  const files = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (["node_modules", "generated"].includes(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (/\.(ts|mjs|js)$/.test(entry.name)) files.set(path, readFileSync(join(root, path), "utf8"));
    }
  };
  for (const folder of folders) if (existsSync(join(root, folder))) walk(folder);
  return files;
}

/** Whether a source is a kernel: AssemblyScript, which looks like TypeScript and is none. */
export function isKernel(path: string): boolean {
  return path.includes("/assembly/");
}

/** Parses a source as TypeScript. */
export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** Finds every mention of another module in a source, types included. */
export function collectImports(source: ts.SourceFile): ImportEdge[] {
  const edges: ImportEdge[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, kind: ImportEdge["kind"]): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const to = resolveSpecifier(source.fileName, specifier.text);
    edges.push({ from: source.fileName, line, specifier: specifier.text, to, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(
        node,
        node.moduleSpecifier,
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type" : "static",
      );
    } else if (ts.isExportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.isTypeOnly ? "type" : "static");
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, node.argument.literal, "type");
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node, node.arguments[0], "dynamic");
    } else if (ts.isNewExpression(node) && node.expression.getText() === "URL" && node.arguments?.length === 2) {
      const [specifier, base] = node.arguments;
      if (base?.getText() === "import.meta.url" && /\.(ts|js|mjs)["'`]$/.test(specifier.getText())) {
        add(node, specifier, "dynamic");
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edges;
}

/** What can be reached from an entry: files of the repository and packages, each with the way there. */
export function reachableFrom(
  entry: string,
  edges: readonly ImportEdge[],
  kinds: readonly ImportEdge["kind"][],
): Map<string, readonly string[]> {
  const byFile = new Map<string, ImportEdge[]>();
  for (const edge of edges) byFile.set(edge.from, [...(byFile.get(edge.from) ?? []), edge]);
  const ways = new Map<string, readonly string[]>([[entry, [entry]]]);
  for (const [file, way] of ways) {
    for (const edge of byFile.get(file) ?? []) {
      if (kinds.includes(edge.kind) && !ways.has(edge.to)) ways.set(edge.to, [...way, edge.to]);
    }
  }
  return ways;
}

function resolveSpecifier(from: string, specifier: string): string {
  return /^\.{1,2}\//.test(specifier) ? posix.join(posix.dirname(from), specifier) : specifier;
}
