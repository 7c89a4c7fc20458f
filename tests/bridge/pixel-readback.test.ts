import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture.js";
import { expect, test } from "vitest";
import { createPixelReadback } from "../../plugin/bridge/camera/pixel-readback.ts";

/** A WebGL2 context whose fences signal when the test says so, and whose pixels are the number of the request. */
function makeContext() {
  const fences: { isSignalled: boolean }[] = [];
  const pixels = new Map<object | null, number>();
  let bound: object | null = null;
  const context = {
    ALREADY_SIGNALED: 1,
    CONDITION_SATISFIED: 2,
    createBuffer: () => ({}),
    deleteBuffer() {},
    deleteSync() {},
    flush() {},
    bufferData() {},
    bindBuffer: (_: unknown, buffer: object | null) => (bound = buffer),
    readPixels: () => pixels.set(bound, fences.length),
    fenceSync: () => fences[fences.push({ isSignalled: false }) - 1],
    clientWaitSync: ({ isSignalled }: { isSignalled: boolean }) => (isSignalled ? 1 : 0),
    getBufferSubData: (_: unknown, __: number, out: Uint8Array) => out.fill(pixels.get(bound)!),
  };
  return { context, fences };
}

test("by WebGL2, pictures arrive in the order in which they were asked for", () => {
  const { context, fences } = makeContext();
  const engine = { _gl: context, bindFramebuffer() {}, unBindFramebuffer() {} } as unknown as AbstractEngine;
  const target = { renderTarget: {} } as RenderTargetTexture;
  const readback = createPixelReadback(engine);
  const arrived: number[] = [];
  const ask = (): boolean =>
    readback.start(target, { x: 0, y: 0, width: 1, height: 1 }, ({ bytes }) => arrived.push(bytes[0]));

  ask(); // 0
  ask(); // 1
  fences[0].isSignalled = true;
  readback.poll();
  ask(); // 2, in the place that 0 had
  fences[1].isSignalled = true;
  fences[2].isSignalled = true;
  readback.poll();
  expect(arrived).toEqual([0, 1, 2]);
});
