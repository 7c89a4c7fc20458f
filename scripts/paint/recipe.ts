import type { NetsBackend } from "../../plugin/nets/start-backend.ts";

/** What `npm run paint` can make. */
export interface PaintRecipe {
  /** On the command line. */
  readonly name: string;
  /** One sentence about what comes out. */
  readonly describe: string;
  /** Whether it teaches where `backend` says; others refuse one. Default false. */
  readonly takesBackend?: boolean;
  run(options: PaintOptions): Promise<void>;
}

/** What the command line may say. */
export interface PaintOptions {
  /** Pixels of one tile. */
  readonly tile: number | undefined;
  /** One class only. */
  readonly only: string | undefined;
  /** Folder to write to. */
  readonly out: string | undefined;
  /** Of what is taught; its lowest 32 bits count. */
  readonly seed?: number | undefined;
  /** Mini-batches of what is taught. */
  readonly steps?: number | undefined;
  /** Whether teaching goes on where it was ended. */
  readonly resume?: boolean;
  /** File of a network that shall learn more, for recipes that teach one. */
  readonly from?: string | undefined;
  /** Folder with photographs, for recipes that take some. Default those that travel with the sources. */
  readonly pictures?: string | undefined;
  /** Where networks are taught; it has begun then. Default wasm. */
  readonly backend?: NetsBackend | undefined;
}
