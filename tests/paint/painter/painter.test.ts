import { afterEach, describe, expect, it } from "vitest";
import { ConfigurationError, PaintingError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { createPainter } from "../../../plugin/paint/painter.ts";
import { paintHere } from "../../../plugin/paint/painter/paint-here.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { encodePng } from "../../../plugin/paint/png.ts";
import type { PaintProgress, PaintPreview } from "../../../plugin/paint/texture-generator.ts";
import { stripes } from "../stripes.ts";
import { localPainter, type LocalPainter } from "./local-painter.ts";

const BRICK = { generator: "procedural", settings: { material: "brick" }, size: 32 } as const;
const BIG = { ...BRICK, size: 256 } as const;
const DISPOSED = new ConfigurationError(
  "Painter: needed one that is in use, came a disposed one. Make another by createPainter.",
);

const opened: LocalPainter[] = [];

function open(...options: Parameters<typeof localPainter>): LocalPainter {
  const local = localPainter(...options);
  opened.push(local);
  return local;
}

afterEach(() => {
  for (const { painter } of opened.splice(0)) painter.dispose();
});

/** Waits for a rejection and gives its reason. */
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("A painter", () => {
  it("paints what paintHere paints, number for number", async () => {
    const painted = await open().painter.paint(BRICK);
    expect(painted).toEqual(await paintHere(BRICK));
  });

  it("makes no worker before there is something to do, and keeps the one it has", async () => {
    const { painter, workers } = open();
    expect(workers).toHaveLength(0);
    await painter.paint(BRICK);
    await painter.paint(BRICK);
    expect(workers).toHaveLength(1);
  });

  it("answers several calls one after the other", async () => {
    const { painter, workers } = open();
    const seeds: number[] = [];
    await Promise.all(
      [3, 1, 2].map(async (seed) => {
        const { recipe } = await painter.paint({ ...BRICK, seed });
        seeds.push(recipe.seed);
      }),
    );
    expect([seeds, workers.length]).toEqual([[3, 1, 2], 1]);
  });

  it("tells how far it is, in words and with a picture before the end", async () => {
    const seen: PaintProgress[] = [];
    const previews: (PaintPreview | null)[] = [];
    const watch = {
      onProgress: (progress: PaintProgress) => {
        seen.push(progress);
        previews.push(progress.preview());
      },
    };
    await open().painter.paint(BIG, watch);
    expect(seen.map(({ done, stage }) => [done, stage])).toEqual([
      [0, "Drawing it"],
      [1, "Done"],
    ]);
    expect([previews[0]?.width, previews[0]?.height, previews[0]?.pixels.length]).toEqual([96, 96, 96 * 96 * 4]);
  });

  it("leaves the pictures that it is given to their owner", async () => {
    const picture = stripes(32, 32);
    await open().painter.paint({
      generator: "example",
      size: 16,
      settings: { quality: "fast" },
      pictures: [{ role: "example", name: "stripes", picture }],
    });
    expect(picture.pixels.length).toBe(32 * 32 * 3);
  });

  it("passes on what a request cannot be", async () => {
    const { painter } = open();
    await expect(painter.paint({ ...BRICK, size: 4 })).rejects.toThrow(
      new ConfigurationError(
        'Generator "procedural": needed a width of 8 to 4096 whole pixels, came 4. Choose such a size.',
      ),
    );
    expect((await painter.paint(BRICK)).recipe.width).toBe(32);
  });

  it("says that settings cannot be posted", async () => {
    const settings = { material: "brick", attributes: () => {} };
    const reason = (await reasonOf(open().painter.paint({ ...BRICK, settings }))) as Error;
    expect(reason).toBeInstanceOf(ConfigurationError);
    expect(reason.message).toMatch(
      /^Painter: needed settings of plain data, came something that cannot be posted to a worker \(.+\)\. Take it out\.$/,
    );
  });
});

describe("A cancelled painting", () => {
  it("rejects at once with the signal's reason, before the worker knows", async () => {
    const { painter } = open({}, false);
    const controller = new AbortController();
    const promise = reasonOf(painter.paint(BRICK, { signal: controller.signal }));
    await pause(5);
    controller.abort(new Error("no longer wanted"));
    expect(await promise).toEqual(new Error("no longer wanted"));
  });

  it("that never began asks no worker for anything", async () => {
    const { painter, workers } = open();
    expect(await reasonOf(painter.paint(BRICK, { signal: AbortSignal.abort("early") }))).toBe("early");
    expect(workers).toHaveLength(0);
  });

  it("that waited leaves the one before it alone", async () => {
    const { painter, workers } = open();
    const controller = new AbortController();
    const first = painter.paint(BRICK);
    const second = reasonOf(painter.paint(BRICK, { signal: controller.signal }));
    controller.abort("changed my mind");
    expect([await second, (await first).recipe.width, workers.length]).toEqual(["changed my mind", 32, 1]);
  });

  it("keeps a worker that ends it in time", async () => {
    const { painter, workers } = open();
    const controller = new AbortController();
    const cancelled = reasonOf(painter.paint(BRICK, { signal: controller.signal }));
    controller.abort("now");
    await cancelled;
    await painter.paint(BRICK);
    expect([workers.length, workers[0].isTerminated]).toEqual([1, false]);
  });

  it("that has many pixels to hand over rests while it does, and may be cancelled then", async () => {
    const { painter, workers } = open();
    const controller = new AbortController();
    const pictures = [{ role: "example", name: "wide.png", picture: picture(1024, 1024, 3) }];
    const cancelled = reasonOf(painter.paint({ generator: "example", pictures }, { signal: controller.signal }));
    await pause(0);
    controller.abort("now");
    expect(await cancelled).toBe("now");
    await painter.paint(BRICK);
    expect([workers.length, workers[0].isTerminated]).toEqual([1, false]);
  });

  it("costs a worker that does not end it its life, and the next painting gets a new one", async () => {
    const { painter, workers } = open({}, false);
    const controller = new AbortController();
    const cancelled = reasonOf(painter.paint(BRICK, { signal: controller.signal }));
    const next = painter.paint(BRICK);
    await pause(5); // so that the worker is at it
    controller.abort("now");
    await cancelled;
    expect((await next).recipe.width).toBe(32);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it("leaves nothing behind, twenty times at random moments", async () => {
    const { painter, workers, alive } = open();
    const random = new Random(7);
    for (let i = 0; i < 20; i++) {
      const controller = new AbortController();
      const promise = reasonOf(painter.paint({ ...BRICK, size: 64, seed: i }, { signal: controller.signal }));
      await pause(random.between(0, 30));
      controller.abort("enough");
      expect(["enough", undefined]).toContain(await promise);
    }
    const fresh = await painter.paint(BRICK);
    expect(fresh).toEqual(await paintHere(BRICK));
    expect([alive(), workers.at(-1)!.isTerminated]).toEqual([1, false]);
  });
});

describe("A worker that dies", () => {
  const died = (reason: string): PaintingError =>
    new PaintingError(
      `Painter: needed a worker that lives, came one that died (${reason}). Try again, with a smaller size if it was out of memory.`,
    );

  it("is told, and the next painting gets a new one", async () => {
    const { painter, workers } = open({}, false);
    const promise = reasonOf(painter.paint(BRICK));
    workers[0].die("out of memory");
    expect(await promise).toEqual(died("out of memory"));
    expect((await painter.paint(BRICK)).recipe.width).toBe(32);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it("takes only the painting that it was at", async () => {
    const { painter, workers } = open({}, false);
    const first = reasonOf(painter.paint(BRICK));
    const second = painter.paint(BRICK);
    workers[0].die("");
    expect(await first).toEqual(died("no reason given"));
    expect((await second).recipe.width).toBe(32);
  });

  it("while nothing is wanted is replaced in silence", async () => {
    const { painter, workers } = open();
    await painter.paint(BRICK);
    workers[0].die("the tab slept");
    await painter.paint(BRICK);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it("before it was made is told, too", async () => {
    const painter = createPainter(() => {
      throw new Error("no such file");
    });
    expect(await reasonOf(painter.paint(BRICK))).toEqual(died("no such file"));
  });
});

describe("A disposed painter", () => {
  it("ends its worker, rejects what was under way, and may be disposed twice", async () => {
    const { painter, alive } = open({}, false);
    const promises = [reasonOf(painter.paint(BRICK)), reasonOf(painter.paint(BRICK))];
    painter.dispose();
    painter.dispose();
    expect([await promises[0], await promises[1], alive()]).toEqual([DISPOSED, DISPOSED, 0]);
  });

  it("takes no more orders", async () => {
    const { painter } = open();
    painter.dispose();
    await expect(painter.paint(BRICK)).rejects.toThrow(DISPOSED);
  });
});

describe("Files", () => {
  it("are read in such a worker, too, and stay their owner's", async () => {
    const { painter } = open();
    const file = encodePng({ width: 16, height: 16, channels: 1, pixels: new Uint8Array(256).fill(51) });
    const { picture, name } = await painter.readPicture(file, { name: "grey.png" });
    expect([name, picture.channels, picture.pixels[0], file.length > 0]).toEqual([
      "grey.png",
      3,
      Math.fround(0.2),
      true,
    ]);
  });

  it("are made in a worker of their own while a painting goes on, and it ends afterwards", async () => {
    const { painter, workers, alive } = open();
    const painted = await painter.paint(BRICK);
    const [zip, png] = await Promise.all([painter.exportZip(painted), painter.encodeMap(painted, "height")]);
    expect((await painter.importZip(zip)).images).toEqual(painted.images);
    expect([png[1], png[2], png[3]]).toEqual([0x50, 0x4e, 0x47]);
    await pause(0);
    expect([workers[0].isTerminated, alive()]).toEqual([false, 1]);
  });
});
