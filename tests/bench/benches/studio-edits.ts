import type { EditRow } from "../studio/random-edits.ts";
import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

/** As a person makes in a sitting. */
const EDITS = 30;

/** `npm run bench -- studio-edits`. Needs no browser. */
const studioEdits: GateGroup = {
  name: "studio-edits",
  describe:
    "Edits of kept controllers and lessons are undone letter by letter; copied TypeScript makes the same controller.",
  async run({ smoke, seeds: asked, log }: GateArguments): Promise<GateFigures> {
    const { playEdits } = await import("../studio/random-edits.ts");
    const { compareCopiedCode } = await import("../studio/copied-code.ts");
    const seeds = Array.from({ length: asked ?? (smoke ? 3 : 50) }, (_, seed) => seed + 1);
    const rows: EditRow[] = [];
    for (const seed of seeds) rows.push(await playEdits(seed, EDITS));
    log(`${rows.length} rows of ${EDITS} edits played`);
    const code = await compareCopiedCode(smoke ? 10 : 200, 1);
    const count = (holds: (row: EditRow) => boolean): number => rows.filter(holds).length;
    return {
      gates: [
        gate("edits in a row", Math.min(...rows.map(({ changes }) => changes)), "", ">=", EDITS),
        gate(
          "rows whose undos do not restore the scene's JSON",
          count(({ isRestored }) => !isRestored),
          "",
          "<=",
          0,
        ),
        gate(
          "rows whose redos do not repeat it",
          count(({ isRepeated }) => !isRepeated),
          "",
          "<=",
          0,
        ),
        gate("copied controllers compared", code.compared, "", ">=", smoke ? 10 : 200),
        gate("copied controllers with other options", code.otherDescriptions, "", "<=", 0),
        gate("copied controllers with other labels or ranges", code.otherRoles, "", "<=", 0),
        gate("copied controllers that act otherwise", code.otherBehaviours, "", "<=", 0),
      ],
      seeds,
    };
  },
};

export default studioEdits;
