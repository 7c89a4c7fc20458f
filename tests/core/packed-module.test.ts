import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { compilePacked } from "../../plugin/core/packed-module.ts";

const pack = (bytes: readonly number[]): string => deflateSync(Uint8Array.from(bytes)).toString("base64");
/** A module that exports nothing. */
const EMPTY = pack([0, 97, 115, 109, 1, 0, 0, 0]);

afterEach(() => vi.unstubAllGlobals());

describe("Packed kernels", () => {
  it("are unpacked and compiled", async () => {
    expect(await compilePacked(EMPTY, "kernels")).toBeInstanceOf(WebAssembly.Module);
  });

  it("say what a browser lacks", async () => {
    await expect(compilePacked(pack([0, 97, 115, 109, 9, 0, 0, 0]), "kernels")).rejects.toThrow(
      "kernels: needed WebAssembly with SIMD, came a browser without it. Use Chrome 91, Firefox 113, Safari 16.4 or later.",
    );
    vi.stubGlobal("DecompressionStream", undefined);
    await expect(compilePacked(EMPTY, "kernels")).rejects.toThrow(
      "kernels: needed DecompressionStream, came a browser without it. Use Chrome 91, Firefox 113, Safari 16.4 or later.",
    );
  });
});
