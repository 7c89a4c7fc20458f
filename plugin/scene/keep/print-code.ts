/** Words that no variable may be called, and those that printed code uses itself. */
const TAKEN = new Set(
  (
    "arguments async await break case catch class const continue debugger default delete do else enum eval export extends false " +
    "finally for function if implements import in instanceof interface let new null of package private protected public return " +
    "static super switch this throw true try typeof undefined var void while with yield NaN Infinity Object Array Error Promise " +
    "scene find policy actuators Scene TransformNode NeuralController NetworkSpec"
  ).split(" "),
);

/** Gives variables their names: from the user's own names where these can be ones, and each a name of its own. */
export class CodeNames {
  readonly #taken: Set<string>;

  /** @param taken - Names that the code uses otherwise, e.g. those that it imports. */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...TAKEN, ...taken]);
  }

  /** A free variable name, e.g. `redBall` for `"red ball"`, `node17` for `"17"`. */
  take(name: string, otherwise: string): string {
    const words = name.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== "");
    const joined = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join("");
    const base = joined === "" ? otherwise : /^[A-Za-z_$]/.test(joined) ? joined : otherwise + joined;
    let free = base;
    for (let count = 2; this.#taken.has(free); count++) free = `${base}${count}`;
    this.#taken.add(free);
    return free;
  }
}

/** `redBall` → `RedBall`. */
export function upperFirst(word: string): string {
  const [first = ""] = word;
  return first.toUpperCase() + word.slice(first.length);
}

function lowerFirst(word: string): string {
  const [first = ""] = word;
  return first.toLowerCase() + word.slice(first.length);
}

/** A value of plain JSON as TypeScript writes it: names without quotes where that is possible, and no `-0` lost. */
export function printLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printLiteral).join(", ")}]`;
  if (typeof value === "object" && value !== null) return printObject(Object.entries(value), printLiteral);
  if (Object.is(value, -0)) return "-0";
  return JSON.stringify(value);
}

/** An object of TypeScript; `__proto__` in brackets, since without it would set the object's prototype. */
export function printObject<T>(
  entries: readonly (readonly [name: string, value: T])[],
  print: (value: T) => string,
): string {
  if (entries.length === 0) return "{}";
  const fields = entries.map(([name, value]) => `${printKey(name)}: ${print(value)}`);
  return `{ ${fields.join(", ")} }`;
}

function printKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A text as a comment may hold it, on one line. */
export function printComment(text: string): string {
  return JSON.stringify(text)
    .replaceAll("*/", "*\\/")
    .replace(/[\u2028\u2029]/g, " ");
}
