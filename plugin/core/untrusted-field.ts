import { show } from "./container.ts";
import { PolicyFileError } from "./errors.ts";

/** How a field that is not as it should be is spoken of. */
export interface FieldWording {
  /** Before the field's place, e.g. `"the header's"`. */
  readonly of: string;
  /** What to do. */
  readonly advice: string;
  /** What is thrown. */
  readonly error: (message: string) => Error;
}

const POLICY_HEADER: FieldWording = {
  of: "the header's",
  advice: "Save the policy again with this release, or teach anew.",
  error: (message) => new PolicyFileError(message),
};

/**
 * A value from somebody's file, read with suspicion: each step says what it expects, and a value of another kind is an
 * error that names its place.
 */
export class UntrustedField {
  readonly #value: unknown;
  readonly #place: string;
  readonly #who: string;
  readonly #wording: FieldWording;

  /**
   * @param place - How the header calls it, e.g. `"role.action"`.
   * @param wording - Default: a policy file's header.
   */
  constructor(value: unknown, place: string, who: string, wording: FieldWording = POLICY_HEADER) {
    this.#value = value;
    this.#place = place;
    this.#who = who;
    this.#wording = wording;
  }

  /** The field `key`, which must be there. Inherited properties do not count. */
  get(key: string): UntrustedField {
    const value = Object.hasOwn(this.#record(), key) ? this.#record()[key] : undefined;
    return new UntrustedField(value, this.#place === "" ? key : `${this.#place}.${key}`, this.#who, this.#wording);
  }

  /** The field `key`, or undefined when it is not there. */
  find(key: string): UntrustedField | undefined {
    return Object.hasOwn(this.#record(), key) ? this.get(key) : undefined;
  }

  /** The names of an object's own fields. */
  keys(): string[] {
    return Object.keys(this.#record());
  }

  list(): UntrustedField[] {
    if (!Array.isArray(this.#value)) return this.fail("a list");
    return this.#value.map(
      (item: unknown, i) => new UntrustedField(item, `${this.#place}[${i}]`, this.#who, this.#wording),
    );
  }

  text(): string {
    return typeof this.#value === "string" ? this.#value : this.fail("a text");
  }

  texts(): string[] {
    return this.list().map((item) => item.text());
  }

  flag(): boolean {
    return typeof this.#value === "boolean" ? this.#value : this.fail("true or false");
  }

  number(): number {
    return typeof this.#value === "number" && Number.isFinite(this.#value) ? this.#value : this.fail("a finite number");
  }

  textOrNumber(): string | number {
    return typeof this.#value === "string" ? this.#value : this.number();
  }

  /** Refuses any text but these. */
  oneOf<T extends string>(allowed: readonly T[]): T {
    const found = allowed.find((candidate) => candidate === this.#value);
    return found ?? this.fail(allowed.map((candidate) => `"${candidate}"`).join(" or "));
  }

  #record(): Record<string, unknown> {
    if (typeof this.#value !== "object" || this.#value === null || Array.isArray(this.#value)) this.fail("an object");
    return this.#value as Record<string, unknown>;
  }

  /** @throws what the wording says: this field needed something else. */
  fail(needed: string): never {
    const { of, advice, error } = this.#wording;
    throw error(`${this.#who}: ${of} "${this.#place}" needs ${needed}, came ${show(this.#value)}. ${advice}`);
  }
}
