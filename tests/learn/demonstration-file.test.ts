import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PolicyFileError } from "../../plugin/core/errors.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import {
  decodeDemonstration,
  demonstrationsToCsv,
  encodeDemonstration,
  type DemonstrationFile,
} from "../../plugin/learn/demonstration-file.ts";

const ROLE: RoleSpec = {
  observation: vectorObservation(["ahead", 'he said "no", twice']),
  action: { continuous: ["drive"], discrete: [{ label: "jump", choices: ["no", "yes"] }] },
};
const FILE: DemonstrationFile = {
  role: ROLE,
  decisionsPerSecond: 10,
  demonstration: {
    decisions: 2,
    observations: Float32Array.of(0.5, -1, 0.25, 7),
    continuous: Float32Array.of(1, -0.5),
    discrete: Int32Array.of(0, 1),
    masks: Uint8Array.of(1, 0, 1, 1),
  },
};

describe("A file of a demonstration", () => {
  it("gives back what was put in, labels included", () => {
    expect(decodeDemonstration(encodeDemonstration(FILE), "Demonstration")).toEqual(FILE);
  });

  it("refuses a number that nobody can have decided", () => {
    const demonstration = { ...FILE.demonstration, continuous: Float32Array.of(1, -1.5) };
    expect(() => decodeDemonstration(encodeDemonstration({ ...FILE, demonstration }), "Demonstration")).toThrow(
      new PolicyFileError('Demonstration: "drive" needs to be in [-1, 1], came -1.5. Record it again.'),
    );
  });

  it("refuses an alternative that there is not", () => {
    const demonstration = { ...FILE.demonstration, discrete: Int32Array.of(0, 2) };
    expect(() => decodeDemonstration(encodeDemonstration({ ...FILE, demonstration }), "Demonstration")).toThrow(
      new PolicyFileError('Demonstration: "jump" needs a choice from 0 to 1, came 2. Record it again.'),
    );
  });

  it("refuses arrays that do not fit its decisions", () => {
    const demonstration = { ...FILE.demonstration, decisions: 3 };
    expect(() => decodeDemonstration(encodeDemonstration({ ...FILE, demonstration }), "Demonstration")).toThrow(
      new PolicyFileError(
        'Demonstration: needed 6 numbers in "observations" for 3 decisions, came 4. Record it again.',
      ),
    );
  });

  it("refuses any damage with an error of its own", () => {
    const whole = encodeDemonstration(FILE);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = whole.slice();
        damaged[at] ^= change;
        expect(() => decodeDemonstration(damaged, "Demonstration")).toThrow(PolicyFileError);
      }),
      { numRuns: 200 },
    );
  });

  it("is a table for people as CSV, labels quoted where they must be", () => {
    const { role, decisionsPerSecond, demonstration } = FILE;
    expect(demonstrationsToCsv({ role, decisionsPerSecond, episodes: [demonstration] })).toBe(
      'episode,seconds,ahead,"he said ""no"", twice",drive,jump\n1,0,0.5,-1,1,no\n1,0.1,0.25,7,-0.5,yes\n',
    );
  });
});
