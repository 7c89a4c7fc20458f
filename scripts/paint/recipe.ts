/** What `npm run paint` can make. */
export interface PaintRecipe {
  /** On the command line. */
  readonly name: string;
  /** One sentence about what comes out. */
  readonly describe: string;
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
}
