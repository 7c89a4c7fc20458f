import ts from "typescript";
import { isKernel, parse, type SourceFiles } from "./import-graph.ts";
import { MOST_LINES } from "./layer-table.ts";

/**
 * Looks for what no source may contain: chance without a seed, logging, exports of everything, barrels inside layers,
 * decorators (Babylon.js changed its own in 9.15) and too many lines.
 *
 * @returns One line for each violation, `path:line: what is wrong`; none when all is well.
 */
export function checkSources(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => [
    ...checkLength(path, text),
    ...(path.startsWith("plugin/") && !isKernel(path) ? [...checkBarrel(path), ...checkSyntax(parse(path, text))] : []),
  ]);
}

function checkLength(path: string, text: string): string[] {
  const lines = text.trimEnd().split("\n").length;
  return lines > MOST_LINES ? [`${path}: needed at most ${MOST_LINES} lines, came ${lines}`] : [];
}

function checkBarrel(path: string): string[] {
  const nested = path.endsWith("/index.ts") && path.split("/").length > 3;
  return nested ? [`${path}: needed no index.ts inside a layer, came one`] : [];
}

function checkSyntax(source: ts.SourceFile): string[] {
  const problems: string[] = [];
  const add = (node: ts.Node, problem: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    problems.push(`${source.fileName}:${line}: ${problem}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isExportDeclaration(node) && (!node.exportClause || ts.isNamespaceExport(node.exportClause))) {
      add(node, "needed named exports, came export *");
    } else if (ts.isIdentifier(node) && node.text === "console" && !isMemberName(node)) {
      add(node, "needed no logging, came console");
    } else if (isUnseededChance(node)) {
      add(node, "needed a seeded Random, came Math.random");
    } else if (ts.isDecorator(node)) {
      add(node, "needed no decorators, came one");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}

/** `Math.random`, `Math["random"]` and `const { random } = Math`. */
function isUnseededChance(node: ts.Node): boolean {
  const isMath = (expression: ts.Node | undefined): boolean => expression?.getText() === "Math";
  if (ts.isPropertyAccessExpression(node)) return isMath(node.expression) && node.name.text === "random";
  if (ts.isElementAccessExpression(node)) {
    return isMath(node.expression) && /^["'`]random["'`]$/.test(node.argumentExpression.getText());
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && isMath(node.initializer)) {
    return node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === "random");
  }
  return false;
}

/** Whether an identifier is the name of somebody's property, as in `this.console`. */
function isMemberName(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}
