import "fake-indexeddb/auto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listBytes } from "../../../plugin/core/storage.ts";
import { demonstrationsToCsv } from "../../../plugin/learn/demonstration-file.ts";
import { loadDemonstrations } from "../../../plugin/learn/demonstration-store.ts";
import type { Demonstrations } from "../../../plugin/learn/demonstrations.ts";
import { choice } from "../../../plugin/scene/actuators/choice.ts";
import { setter } from "../../../plugin/scene/actuators/setter.ts";
import {
  recordDemonstrations,
  type RecordDemonstrationsOptions,
} from "../../../plugin/scene/demonstrations/record-demonstrations.ts";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { value } from "../../../plugin/scene/sensors/value.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";

let world: TestWorld;
let folder: string;
let names = 0;
beforeEach(async () => {
  world = await createTestWorld();
  folder = mkdtempSync(join(tmpdir(), "shown-"));
});
afterEach(() => {
  world.dispose();
  rmSync(folder, { recursive: true });
});

/** An agent that counts its decisions, driven by a player who pushes harder each time; 10 decisions take 60 frames. */
function createPlayed(): NeuralController {
  let count = 0;
  const controller = new NeuralController("guard", {
    sensors: [value("count", () => ++count, { range: [-1000, 1000] })],
    actuators: [setter("push", () => {}), choice("call", ["no", "yes"], () => {})],
    heuristic: (actions) => {
      actions.set("push", count / 20);
      actions.choose("call", count % 2 === 0 ? "yes" : "no");
    },
  });
  world.node("guard").addBehavior(controller);
  return controller;
}

/** Plays and ends episodes of so many decisions each. */
async function recordEpisodes(lengths: readonly number[], options: RecordDemonstrationsOptions = {}) {
  const recorder = await recordDemonstrations(createPlayed(), options);
  for (const length of lengths) {
    world.frames(6 * length);
    recorder.endEpisode();
  }
  await recorder.saved();
  return recorder;
}

/** Which decisions there are: the agent's own count of them, episode by episode. */
function counts({ episodes }: Demonstrations): number[][] {
  return episodes.map(({ observations }) => Array.from(observations, (x) => Math.round(x * 1000)));
}

describe.each(["indexeddb", "file"])("Demonstrations in %s storage", (kind) => {
  const address = (): string => (kind === "file" ? `file:${folder}/guard` : `indexeddb://guard-${++names}`);

  it("are what was sensed and done, with labels", async () => {
    const storage = address();
    await recordEpisodes([3, 2], { storage });
    const loaded = await loadDemonstrations(storage);
    expect(counts(loaded)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(demonstrationsToCsv(loaded).split("\n").slice(0, 3)).toEqual([
      "episode,seconds,count,push,call",
      `1,0,${Math.fround(0.001)},${Math.fround(0.05)},no`,
      `1,0.1,${Math.fround(0.002)},${Math.fround(0.1)},yes`,
    ]);
  });

  it("survive a tab that is closed in the middle of an episode, in files of 200 decisions", async () => {
    const storage = address();
    const recorder = await recordDemonstrations(createPlayed(), { storage });
    world.frames(6 * 455);
    // Nobody ends the episode or asks for anything to be saved; 5 decisions make half a second.
    await vi.waitFor(async () => {
      const [shown] = counts(await loadDemonstrations(storage));
      expect(shown).toEqual(Array.from({ length: 455 }, (_, i) => i + 1));
    }, 90_000);
    expect((await listBytes(`${storage}/`)).length).toBe(3);
    recorder.dispose();
  });

  it("are gone on with under the same address", async () => {
    const storage = address();
    const first = await recordEpisodes([3], { storage });
    first.dispose();
    first.controller.attachedNode!.dispose();
    const second = await recordEpisodes([2], { storage });
    expect(second.episodes.map(({ number, decisions }) => [number, decisions])).toEqual([
      [1, 3],
      [2, 2],
    ]);
    expect(counts(await loadDemonstrations(storage))).toEqual(counts(second.demonstrations()));
  });

  it("lose the last episode when it is removed, and no other", async () => {
    const storage = address();
    const recorder = await recordEpisodes([3, 2], { storage });
    expect(recorder.removeLast()).toBe(true);
    await recorder.saved();
    expect(counts(await loadDemonstrations(storage))).toEqual([[1, 2, 3]]);
    expect(recorder.removeLast()).toBe(true);
    expect(recorder.removeLast()).toBe(false);
    await recorder.saved();
    expect(await listBytes(`${storage}/`)).toEqual([]);
  });

  it("are trimmed, and can be trimmed otherwise later", async () => {
    const storage = address();
    const recorder = await recordEpisodes([10], { storage });
    recorder.trim(1, 0.2, 0.5);
    await recorder.saved();
    expect(counts(await loadDemonstrations(storage))).toEqual([[3, 4, 5]]);
    expect(counts(recorder.demonstrations())).toEqual([[3, 4, 5]]);
    recorder.trim(1, 0, 99);
    await recorder.saved();
    expect(counts(await loadDemonstrations(storage))[0].length).toBe(10);
  });

  it("lose an episode that is discarded while it runs, even what was stored of it", async () => {
    const storage = address();
    const recorder = await recordEpisodes([3], { storage });
    world.frames(60);
    recorder.discardEpisode();
    world.frames(12);
    recorder.endEpisode();
    await recorder.saved();
    expect(counts(await loadDemonstrations(storage))).toEqual([
      [1, 2, 3],
      [14, 15],
    ]);
  });
});

describe("A recorder of demonstrations", () => {
  it("records nothing that a policy decides, and nothing while it is paused", async () => {
    const recorder = await recordEpisodes([3]);
    recorder.paused = true;
    world.frames(12);
    recorder.paused = false;
    world.frames(12);
    recorder.controller.heuristic = null;
    world.frames(12);
    recorder.endEpisode();
    expect(counts(recorder.demonstrations())).toEqual([
      [1, 2, 3],
      [6, 7],
    ]);
  });

  it("tells of changes", async () => {
    const recorder = await recordEpisodes([]);
    let changes = 0;
    recorder.onChangeObservable.add(() => (changes += 1));
    expect(recorder.endEpisode()).toBe(null);
    world.frames(60);
    expect(recorder.runningSeconds).toBe(1);
    expect(recorder.endEpisode()).toBe(1);
    recorder.trim(1, 0, 0.5);
    expect(recorder.episodes).toEqual([
      { number: 1, decisions: 5, seconds: 0.5, from: 0, to: 0.5, recordedSeconds: 1 },
    ]);
    recorder.removeLast();
    expect(changes).toBe(3);
  });

  it("stops when it is full, and says so", async () => {
    const recorder = await recordDemonstrations(createPlayed(), { mostDecisions: 4 });
    const errors: string[] = [];
    recorder.onErrorObservable.add(({ message }) => errors.push(message));
    world.frames(60);
    recorder.endEpisode();
    expect(recorder.episodes[0].decisions).toBe(4);
    expect(errors).toEqual([
      'Demonstrations of "guard": needed room for one more decision, came 4 already. Recording is paused; remove episodes, or learn from these.',
    ]);
  });

  it("says what could not be stored, and keeps it in memory", async () => {
    writeFileSync(join(folder, "guard"), "a file in the way");
    const recorder = await recordDemonstrations(createPlayed(), { storage: `file:${folder}/elsewhere/guard` });
    writeFileSync(join(folder, "elsewhere"), "a file in the way");
    world.frames(30);
    recorder.endEpisode();
    await expect(recorder.saved()).rejects.toThrow(
      "needed a file that can be reached, came a path that leads through a file",
    );
    expect(recorder.episodes[0].decisions).toBe(5);
  });

  it("says which episodes and parts there are", async () => {
    const recorder = await recordEpisodes([10]);
    expect(messageOf(() => recorder.trim(3, 0, 1))).toBe(
      'Demonstrations of "guard": needed the number of an episode that is there, came 3. There are 1.',
    );
    expect(messageOf(() => recorder.trim(1, 0.5, 0.5))).toBe(
      'Demonstrations of "guard": needed a part of the 1 seconds of episode 1, came 0.5 to 0.5. Leave at least one decision.',
    );
  });

  it("refuses a storage in which another agent's episodes lie", async () => {
    const storage = `file:${folder}/guard`;
    const first = await recordEpisodes([3], { storage });
    first.controller.attachedNode!.dispose();
    const other = new NeuralController("thief", {
      sensors: [value("fear", () => 0)],
      actuators: [setter("push", () => {})],
    });
    await expect(recordDemonstrations(other, { storage })).rejects.toThrow(
      'Demonstrations of "thief": the policy\'s observation 0 is "count", but the sensors give "fear" there.',
    );
  });

  it("refuses an address that cannot be written to", async () => {
    await expect(recordDemonstrations(createPlayed(), { storage: "https://example.com/guard" })).rejects.toThrow(
      'Demonstrations: needed an address like "indexeddb://guard-shown" or "file:shown/guard", came "https://example.com/guard". Give one that can be written to.',
    );
  });
});

describe("Loading demonstrations", () => {
  it("says that nothing is there", async () => {
    await expect(loadDemonstrations(`file:${folder}/nobody`)).rejects.toThrow(
      `Demonstrations: needed recorded episodes at "file:${folder}/nobody", came none. Record some with recordDemonstrations.`,
    );
  });

  it("names a damaged file", async () => {
    await recordEpisodes([3], { storage: `file:${folder}/guard` });
    const [name] = readdirSync(join(folder, "guard"));
    writeFileSync(join(folder, "guard", name), "not one of ours");
    await expect(loadDemonstrations(`file:${folder}/guard`)).rejects.toThrow(
      `Demonstration "file:${folder}/guard/episode-0001-0000": needed a file of babylon-neural`,
    );
  });
});
