import type { LightDirection } from "../photograph/light-vector.ts";
import type { Settings } from "./settings.ts";

/** From where a picture's light comes, as a setting says it: `"find"` (default), `"shade"`, or `{ azimuth }` in radians. */
export function lightSetting(settings: Settings): "find" | LightDirection {
  const value = settings.raw("light");
  if (value === undefined) return "find";
  if (value === "find" || value === "shade") return value;
  const azimuth = typeof value === "object" && value !== null ? (value as { azimuth?: unknown }).azimuth : undefined;
  if (typeof azimuth === "number" && Number.isFinite(azimuth)) return { azimuth };
  return settings.refuse("light", '"find" or "shade" or { "azimuth": radians }', value);
}
