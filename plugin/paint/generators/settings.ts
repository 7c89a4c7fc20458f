import { ConfigurationError } from "../../core/errors.ts";

/** Reads a generator's settings with suspicion: they may come from anybody's recipe. */
export class Settings {
  readonly #who: string;
  readonly #values: Readonly<Record<string, unknown>>;

  /**
   * @param who - Who asks, for messages, e.g. `"example"`.
   * @param allowed - The names that it knows.
   * @throws ConfigurationError when they are no record, or name something else.
   */
  constructor(who: string, values: unknown, allowed: readonly string[]) {
    if (typeof values !== "object" || values === null || Array.isArray(values)) {
      throw new ConfigurationError(`${who}: needed settings as an object, came ${show(values)}. Give {} for none.`);
    }
    for (const name of Object.keys(values)) {
      if (allowed.includes(name)) continue;
      throw new ConfigurationError(
        `${who}: needed settings named ${allowed.join(", ")}, came "${name}". Correct the name or leave it out.`,
      );
    }
    this.#who = who;
    this.#values = values as Readonly<Record<string, unknown>>;
  }

  /** The value as it is, undefined where there is none. */
  raw(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  /** One of some words; `fallback` where it is left out. */
  choice<T extends string, F extends T | undefined>(name: string, allowed: readonly T[], fallback: F): T | F {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    const found = allowed.find((word) => word === value);
    return found ?? this.refuse(name, allowed.map((word) => `"${word}"`).join(" or "), value);
  }

  /** A number of a range; `fallback` where it is left out. */
  number<F extends number | undefined>(name: string, low: number, high: number, fallback: F): number | F {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    if (typeof value === "number" && value >= low && value <= high) return value;
    return this.refuse(name, `a number from ${low} to ${high}`, value);
  }

  /** Yes or no; `fallback` where it is left out. */
  flag(name: string, fallback: boolean): boolean {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    return typeof value === "boolean" ? value : this.refuse(name, "true or false", value);
  }

  /** @throws ConfigurationError always. */
  refuse(name: string, needed: string, came: unknown): never {
    throw new ConfigurationError(
      `${this.#who}: the setting "${name}" needed ${needed}, came ${show(came)}. Correct it or leave it out.`,
    );
  }
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") return `a ${typeof value}`;
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
