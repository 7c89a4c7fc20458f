import type { GateArguments } from "../report.ts";
import { CONTENDERS } from "./contenders.ts";
import type { Quality } from "./picture-job.ts";

/** What `npm run bench -- paint-picture` was told. */
export interface PictureSettings {
  /** Where photographs are. */
  readonly folder: string;
  /** Names of textures; null for all. */
  readonly names: readonly string[] | null;
  readonly seeds: readonly number[];
  /** Of judged crops, in pixels. */
  readonly side: number;
  /** Processes that judge side by side. */
  readonly lanes: number;
  readonly only: "all" | "quality" | "times";
  readonly clock: "wall" | "processor";
  /** A name in `CONTENDERS`. */
  readonly by: string;
  readonly quality: Quality | undefined;
}

/** Seeds that nothing was tuned on begin here. */
const FIRST_SEED = 201;
const SEEDS = 5;
const SMOKE_CLASSES = "sand,water";

/**
 * Reads the settings of the bench, with small defaults for a smoke run.
 *
 * @throws Error with one line for a setting that cannot be.
 */
export function readPictureSettings(
  { seeds, smoke, settings }: Pick<GateArguments, "seeds" | "smoke" | "settings">,
  pictures: string,
): PictureSettings {
  const { only = "all", clock = "wall", by = "ours" } = settings;
  const classes = settings["classes"] ?? (smoke ? SMOKE_CLASSES : undefined);
  const first = readNumber("first", settings["first"], FIRST_SEED);
  const count = seeds ?? (smoke ? 1 : SEEDS);
  if (only !== "all" && only !== "quality" && only !== "times") throw refused("only", "all, quality or times", only);
  if (clock !== "wall" && clock !== "processor") throw refused("clock", "wall or processor", clock);
  if (!(by in CONTENDERS)) throw refused("by", Object.keys(CONTENDERS).join(", "), by);
  return {
    folder: settings["pictures"] ?? pictures,
    names: classes === undefined ? null : classes.split(","),
    seeds: Array.from({ length: count }, (_, i) => first + i),
    side: readNumber("side", settings["side"], smoke ? 64 : 128),
    lanes: readNumber("lanes", settings["lanes"], 2),
    only: smoke && settings["only"] === undefined ? "quality" : only,
    clock,
    by,
    quality: readQuality(settings["quality"]),
  };
}

function readNumber(name: string, value: string | undefined, usual: number): number {
  if (value === undefined) return usual;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw refused(name, "a whole number above 0", value);
  return number;
}

function readQuality(value: string | undefined): Quality | undefined {
  if (value === undefined || value === "fast" || value === "good" || value === "best") return value;
  throw refused("quality", "fast, good or best", value);
}

function refused(name: string, needed: string, came: string): Error {
  return new Error(`--set ${name}: needed ${needed}, came "${came}". Correct it or leave it out.`);
}
