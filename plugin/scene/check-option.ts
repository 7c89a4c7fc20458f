import { ConfigurationError } from "../core/errors.ts";
import { assertUniqueLabels } from "../core/observation-spec.ts";

/** Limits of a number; what is not given is not limited. */
export interface NumberLimits {
  /** The number must be greater than this. */
  readonly above?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly whole?: boolean;
}

/**
 * Refuses an option that is not a usable number.
 *
 * @throws ConfigurationError, e.g. `rayFan: needed "range" above 0, came -3. Give a distance in scene units.`
 */
export function assertNumber(who: string, name: string, value: number, limits: NumberLimits, advice: string): void {
  const { above, atLeast, atMost, whole = false } = limits;
  const fits =
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (!whole || Number.isInteger(value));
  if (fits) return;
  const wanted = [
    above === undefined ? "" : ` above ${above}`,
    atLeast === undefined ? "" : ` of at least ${atLeast}`,
    atMost === undefined ? "" : `${atLeast === undefined && above === undefined ? "" : " and"} of at most ${atMost}`,
  ].join("");
  const kind = whole ? "a whole number" : "a number";
  throw new ConfigurationError(`${who}: needed "${name}" to be ${kind}${wanted}, came ${String(value)}. ${advice}`);
}

/** @throws ConfigurationError for an empty or a repeated name. */
export function assertNames(who: string, name: string, values: readonly string[]): void {
  if (!Array.isArray(values) || values.some((value) => typeof value !== "string")) {
    throw new ConfigurationError(
      `${who}: needed "${name}" to be a list of names, came ${JSON.stringify(values)}. Write e.g. ["wall"].`,
    );
  }
  assertUniqueLabels(values, `${who}: entry of "${name}"`);
}

/** A point in a node's own axes: right, up, forward, in scene units. */
export type Offset = readonly [right: number, up: number, forward: number];

/** @throws ConfigurationError unless it is three finite numbers. */
export function assertOffset(who: string, name: string, value: Offset): void {
  if (Array.isArray(value) && value.length === 3 && value.every((part) => Number.isFinite(part))) return;
  throw new ConfigurationError(
    `${who}: needed "${name}" to be 3 numbers, came ${JSON.stringify(value)}. Give right, up and forward in scene units.`,
  );
}

/** @throws ConfigurationError unless it is one of the allowed words. */
export function assertOneOf(who: string, name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw new ConfigurationError(
    `${who}: needed "${name}" to be ${allowed.map((word) => `"${word}"`).join(" or ")}, came ${JSON.stringify(value)}. Choose one of them.`,
  );
}
