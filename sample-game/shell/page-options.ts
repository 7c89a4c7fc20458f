import type { Renderer } from "./room.ts";

/** How much the renderer does; `auto` measures. */
export type QualityWish = "auto" | "low" | "medium" | "high";

/** What the page's address asks for. */
export interface PageOptions {
  /** `?room=yard`. */
  readonly room: string | null;
  /** `?seed=7` makes rounds repeatable; without it each visit differs. */
  readonly seed: number;
  /** `?quality=low`. Default auto. */
  readonly quality: QualityWish;
  /** `?renderer=webgl2`. Default: WebGPU where there is one. */
  readonly renderer: Renderer | null;
}

/** Reads the options from an address such as `?seed=7&quality=low&renderer=webgl2`; ignores what it does not know. */
export function readPageOptions(search: string): PageOptions {
  const given = new URLSearchParams(search);
  const seed = Number.parseInt(given.get("seed") ?? "", 10);
  const quality = given.get("quality");
  const renderer = given.get("renderer");
  return {
    room: given.get("room"),
    seed: Number.isNaN(seed) ? Date.now() >>> 0 : seed >>> 0,
    quality: quality === "low" || quality === "medium" || quality === "high" ? quality : "auto",
    renderer: renderer === "webgl2" ? "WebGL2" : renderer === "webgpu" ? "WebGPU" : null,
  };
}
