import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import type { DiagnosisChange } from "../../../plugin/learn/doctor/diagnosis-list.ts";
import { teach } from "../../../plugin/learn/teach.ts";
import type { TrainingRun } from "../../../plugin/learn/training-run.ts";
import { begin, crew, SETTINGS, walkers, weights } from "../local-run.ts";
import { withSensor } from "./altered-environment.ts";
import { reachTask } from "./reach-task.ts";

/** 50 updates of 240 decisions, all of which are looked at: more than the 8,192 that a dead sensor takes. */
const LONG = { ...SETTINGS, decisions: 12_000, stepsPerRollout: 15, minibatchSize: 240 };

function changesOf(run: TrainingRun): DiagnosisChange[] {
  const changes: DiagnosisChange[] = [];
  run.onDiagnosisObservable.add((change) => changes.push(change));
  return changes;
}

describe("The doctor of a run", () => {
  it("names a mistake while it goes on, and keeps it in the run's list", async () => {
    const run = begin({}, LONG, () => withSensor(reachTask(16), "bumper", () => 0));
    const changes = changesOf(run);
    await run.finished;
    expect(run.diagnoses.map(({ rule, about }) => [rule, about])).toEqual([["dead-sensor", "bumper"]]);
    expect(changes[0]).toMatchObject({ kind: "added", diagnosis: { rule: "dead-sensor", about: "bumper" } });
  });

  it("says so when a mistake no longer holds", async () => {
    let isMended = false;
    const make = (): ReturnType<typeof withSensor> => withSensor(reachTask(16), "bumper", () => (isMended ? 1 : 0));
    const run = begin({}, { ...LONG, decisions: 1e9 }, make);
    const kinds: string[] = [];
    await new Promise<void>((resolve) => {
      run.onDiagnosisObservable.add(({ kind, diagnosis }) => {
        if (diagnosis.rule !== "dead-sensor") return;
        kinds.push(kind);
        isMended = true;
        if (kind === "gone") resolve();
      });
    });
    await run.stop();
    expect([kinds[0], kinds.at(-1)]).toEqual(["added", "gone"]);
    expect(run.diagnoses.filter(({ rule }) => rule === "dead-sensor")).toEqual([]);
  }, 120_000);

  it("changes no result, with one worker or with two", async () => {
    const settings = { ...SETTINGS, decisions: 3200 };
    for (const workers of [1, 2]) {
      const watched = await weights(teach(crew().makeWorker, settings, { workers }));
      const alone = await weights(teach(crew().makeWorker, settings, { workers, doctor: false }));
      expect(watched).toEqual(alone);
    }
  });

  it("can be left out", async () => {
    const run = begin({ doctor: false }, LONG, () => withSensor(reachTask(16), "bumper", () => 0));
    const changes = changesOf(run);
    await run.finished;
    expect([run.diagnoses, changes]).toEqual([[], []]);
  });

  it("explains an error that ends the run", async () => {
    const run = begin({}, LONG, () =>
      withSensor(reachTask(16), "slope", (values, at) => values[at] / (values[at] > 0.9 ? 0 : 1)),
    );
    const changes = changesOf(run);
    await run.finished.catch(() => {});
    expect(changes.map(({ kind }) => kind)).toEqual(["added"]);
    expect(run.diagnoses).toEqual([
      {
        rule: "not-a-number",
        about: "slope",
        severity: "fault",
        words: 'The sensor "slope" gave something that is not a number.',
        evidence: expect.stringMatching(
          /^Environment "reach": the observation "slope" of agent \d+ needs a finite number, came Infinity\. Mend that sensor\.$/,
        ) as string,
        suggestion:
          "Look for a division by 0, the root of a negative number, or a value that was never set, in that sensor or in what it looks at.",
      },
    ]);
  });

  it("adds nothing to an error that says it all", async () => {
    const run = begin({}, SETTINGS, () =>
      walkers(() => {
        throw new Error("the lesson tripped over");
      }),
    );
    await run.finished.catch(() => {});
    expect(run.diagnoses).toEqual([]);
  });

  it("is on or off, and nothing else", () => {
    expect(() => begin({ doctor: "yes" as never })).toThrow(
      new ConfigurationError("teach: doctor needs true or false, came yes. Change it or leave it out."),
    );
  });
});
