import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import type { PictureFacts } from "../../../plugin/paint/pictures/picture-facts.ts";
import { sniffPicture } from "../../../plugin/paint/pictures/sniff-picture.ts";
import { animatedPng, avif, bmp, gif, jpeg, png, pngHead, webps } from "./picture-files.ts";

const WHO = 'readPicture "a"';
const facts = (kind: PictureFacts["kind"], width: number, height: number): PictureFacts => ({
  kind,
  width,
  height,
  isSideways: false,
  isAnimated: false,
  depth: 8,
});
const text = (start: string): Uint8Array => Uint8Array.from(start, (letter) => letter.charCodeAt(0));

describe("A picture's head", () => {
  it.each<[string, Uint8Array, PictureFacts]>([
    ["a PNG", png(20, 18), facts("PNG", 20, 18)],
    ["a huge PNG", pngHead(100_000, 70_000), facts("PNG", 100_000, 70_000)],
    ["an animated PNG", animatedPng(3), { ...facts("PNG", 20, 18), isAnimated: true }],
    ["an animated PNG of one frame", animatedPng(1), facts("PNG", 20, 18)],
    ["a JPEG", jpeg(20, 18), facts("JPEG", 20, 18)],
    ["a JPEG that stands on its head", jpeg(20, 18, 3), facts("JPEG", 20, 18)],
    ["a JPEG on its side", jpeg(20, 18, 6), { ...facts("JPEG", 20, 18), isSideways: true }],
    ["a JPEG on its side, big-endian", jpeg(20, 18, 8, false), { ...facts("JPEG", 20, 18), isSideways: true }],
    ["a GIF", gif(20, 18, 1), facts("GIF", 20, 18)],
    ["a GIF that moves", gif(20, 18, 2), { ...facts("GIF", 20, 18), isAnimated: true }],
    ["a lossy WebP", webps.lossy(20, 18), facts("WebP", 20, 18)],
    ["a lossless WebP", webps.lossless(20, 18), facts("WebP", 20, 18)],
    ["a WebP", webps.extended(20_000, 300, false), facts("WebP", 20_000, 300)],
    ["a WebP that moves", webps.extended(20, 18, true), { ...facts("WebP", 20, 18), isAnimated: true }],
    ["a BMP", bmp(20, -18), facts("BMP", 20, 18)],
    ["an AVIF", avif(20, 18), facts("AVIF", 20, 18)],
  ])("of %s tells its size", (_what, file, expected) => {
    expect(sniffPicture(file, WHO)).toEqual(expected);
  });

  it.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(), "needed a picture, came an empty file. Choose another one."],
    [
      "a drawing",
      text('<?xml version="1.0"?><svg width="3">'),
      "needed a PNG, JPEG, WebP, GIF, BMP or AVIF, came an SVG drawing. Choose another file, or save it as PNG.",
    ],
    [
      "an iPhone's photograph",
      text("\0\0\0\u0018ftypheic"),
      "needed a PNG, JPEG, WebP, GIF, BMP or AVIF, came a HEIC photograph. Choose another file, or save it as PNG.",
    ],
    [
      "a text",
      text("Dear Sir"),
      'needed a PNG, JPEG, WebP, GIF, BMP or AVIF, came something else that begins with "Dear Sir". Choose another file, or save it as PNG.',
    ],
    [
      "a PNG that is cut off",
      png(20, 18).subarray(0, 20),
      "needed a whole picture, came one that is damaged or cut off. Get it again.",
    ],
    [
      "a JPEG that is cut off",
      jpeg(20, 18).subarray(0, 30),
      "needed a whole picture, came one that is damaged or cut off. Get it again.",
    ],
    [
      "a picture without columns",
      pngHead(0, 18),
      "needed a whole picture, came one that is damaged or cut off. Get it again.",
    ],
  ])("refuses %s", (_what, file, message) => {
    expect(() => sniffPicture(file, WHO)).toThrow(new ConfigurationError(`${WHO}: ${message}`));
  });

  it("never reads beyond the end, and knows no other error", () => {
    const files = [
      png(20, 18),
      animatedPng(3),
      jpeg(20, 18, 6),
      gif(20, 18, 2),
      webps.extended(20, 18, true),
      webps.lossless(20, 18),
      bmp(20, 18),
      avif(20, 18),
    ];
    const damaged = fc.record({
      file: fc.constantFrom(...files),
      length: fc.nat(200),
      at: fc.nat(100),
      byte: fc.nat(255),
    });
    fc.assert(
      fc.property(damaged, ({ file, length, at, byte }) => {
        const broken = file.slice(0, length);
        if (at < broken.length) broken[at] = byte;
        try {
          const { width, height } = sniffPicture(broken, WHO);
          expect(width > 0 && height > 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});
