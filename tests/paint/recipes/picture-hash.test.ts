import { createHash } from "node:crypto";
import { afterEach, expect, it, vi } from "vitest";
import { UnsupportedError } from "../../../plugin/core/errors.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { pictureHash } from "../../../plugin/paint/recipes/picture-hash.ts";
import { stripes } from "../stripes.ts";

afterEach(() => void vi.unstubAllGlobals());

it("A picture's hash is the SHA-256 of height, width, channels and 16-bit pixels, all little-endian", async () => {
  // 1 high, 2 wide, 1 channel; 0 and 1 are 0x0000 and 0xffff.
  const bytes = Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0x00, 0x00, 0xff, 0xff);
  const expected = createHash("sha256").update(bytes).digest("hex");
  expect(await pictureHash(picture(1, 2, 1, Float32Array.of(0, 1)))).toBe(expected);
});

it("Pictures of more than a slice are hashed whole", async () => {
  const big = picture(600, 600, 1);
  const before = await pictureHash(big);
  big.pixels[600 * 600 - 1] = 1;
  expect(await pictureHash(big)).not.toBe(before);
});

it("The same pixels in another shape have another hash", async () => {
  const { pixels } = stripes(16, 24);
  expect(await pictureHash(picture(16, 24, 3, pixels))).not.toBe(await pictureHash(picture(24, 16, 3, pixels)));
});

it("A difference of less than half a 16-bit step has the same hash", async () => {
  const [a, b] = [0.5, 0.5 + 0.4 / 65535].map((value) => picture(1, 1, 1, Float32Array.of(value)));
  expect(await pictureHash(a)).toBe(await pictureHash(b));
});

it("A page without cryptography is told why", async () => {
  vi.stubGlobal("crypto", {});
  await expect(pictureHash(stripes(16, 16))).rejects.toThrow(
    new UnsupportedError(
      "pictureHash: needed the browser's cryptography, came a page without it. Serve the page by https or from localhost.",
    ),
  );
});
