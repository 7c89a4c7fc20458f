import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadImaginer, type Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { untaughtImaginer } from "../imaginer/untaught-imaginer.ts";
import { stripes } from "../stripes.ts";
import { localPainter } from "./local-painter.ts";

let imaginer: Imaginer;
const opened: { dispose(): void }[] = [];

beforeAll(async () => {
  imaginer = await loadImaginer(await untaughtImaginer(3), { backend: "wasm" });
});
afterEach(() => {
  for (const painter of opened.splice(0)) painter.dispose();
});

function open(hasImaginer = true): ReturnType<typeof localPainter>["painter"] {
  const { painter } = localPainter(hasImaginer ? { findImaginer: async () => imaginer } : {});
  opened.push(painter);
  return painter;
}

describe("Codes by a painter", () => {
  it("are those of all classes, and of pictures that stay their owner's", async () => {
    const picture = stripes(32, 32);
    const stages: string[] = [];
    const onProgress = ({ stage }: { stage: string }): void => void stages.push(stage);
    const { classes, pictures, imaginer: hash } = await open().textureCodes([picture], { onProgress });
    expect(hash).toBe(imaginer.fileHash);
    expect(classes).toEqual(["brick", "sand"].map((name) => ({ name, code: imaginer.codeOf(name) })));
    expect(pictures).toEqual([await imaginer.encode(picture)]);
    expect(picture.pixels).toHaveLength(32 * 32 * 3);
    expect(stages[0]).toBe("Getting ready");
  });

  it("end when they are cancelled", async () => {
    const cancel = new AbortController();
    const work = open().textureCodes([stripes(32, 32)], { signal: cancel.signal });
    cancel.abort(new Error("enough"));
    await expect(work).rejects.toThrow("enough");
  });

  it("are refused where there is no imaginer", async () => {
    await expect(open(false).textureCodes()).rejects.toThrow(
      "textureCodes: needed a network that imagines, came none. Give servePainting an imaginerUrl.",
    );
  });
});
