import { PointerEventTypes, PointerInfo } from "@babylonjs/core/Events/pointerEvents.js";
import { PickingInfo } from "@babylonjs/core/Collisions/pickingInfo.js";
import type { IPointerEvent } from "@babylonjs/core/Events/deviceInputEvents.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ScenePicker } from "../../../plugin/editor/model/scene-picker.ts";
import { createTestWorld, type TestWorld } from "../../scene/test-world.ts";

let world: TestWorld;
let picker: ScenePicker;
let ball: AbstractMesh;

beforeEach(async () => {
  world = await createTestWorld();
  ball = world.box("ball");
  picker = new ScenePicker(world.scene);
  // Where the pointer is, is the browser's matter; here it is always over the ball.
  const picked = Object.assign(new PickingInfo(), { hit: true, pickedMesh: ball });
  vi.spyOn(world.scene, "pick").mockReturnValue(picked);
});
afterEach(() => {
  picker.dispose();
  world.dispose();
  vi.restoreAllMocks();
});

interface Touch {
  readonly x?: number;
  readonly pointerId?: number;
}
function hear(type: number, { x = 100, pointerId = 1 }: Touch): void {
  world.scene.pointerX = x;
  world.scene.pointerY = 100;
  const event = { pointerId } as IPointerEvent;
  world.scene.onPointerObservable.notifyObservers(new PointerInfo(type, event, null), type);
}
const press = (touch: Touch = {}): void => hear(PointerEventTypes.POINTERDOWN, touch);
const release = (touch: Touch = {}): void => hear(PointerEventTypes.POINTERUP, touch);
function tap(touch: Touch = {}): void {
  press(touch);
  release(touch);
}
const after = (milliseconds: number): void => {
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + milliseconds);
};

describe("Picking in the scene", () => {
  it("answers a question with a tap, and picks with a tap where nobody asked", async () => {
    const asked = picker.askForNode("Click the ball");
    tap();
    expect(await asked).toBe(ball);
    const picks: unknown[] = [];
    picker.onPickObservable.add((node) => picks.push(node));
    after(300);
    tap();
    expect(picks).toEqual([ball]);
  });

  it("takes a quick second tap as the answer to a question that came after the first one", async () => {
    const first = picker.askForNode("Click the target");
    tap();
    expect(await first).toBe(ball);
    after(51);
    const second = picker.askForNode("Click what to reach");
    tap();
    expect(await second).toBe(ball);
  });

  it("answers one question with a double click, and picks nothing with its second tap", async () => {
    const picks: unknown[] = [];
    picker.onPickObservable.add((node) => picks.push(node));
    const first = picker.askForNode("Click one");
    tap();
    await first;
    let isAnswered = false;
    const second = picker.askForNode("Click another").then((node) => {
      isAnswered = true;
      return node;
    });
    tap();
    await Promise.resolve();
    expect(isAnswered).toBe(false);
    expect(picks).toEqual([]);
    picker.cancel();
    expect(await second).toBeNull();
  });

  it("hears quick taps at two places, however far apart in time", async () => {
    const picks: unknown[] = [];
    picker.onPickObservable.add((node) => picks.push(node));
    tap();
    tap({ x: 200 });
    expect(picks).toHaveLength(2);
    after(300);
    tap({ x: 200 });
    expect(picks).toHaveLength(3);
  });

  it("takes a drag and two fingers for no tap", () => {
    const picks: unknown[] = [];
    picker.onPickObservable.add((node) => picks.push(node));
    press();
    release({ x: 111 });
    press();
    press({ pointerId: 2, x: 200 });
    release();
    release({ pointerId: 2, x: 200 });
    expect(picks).toEqual([]);
    tap();
    expect(picks).toEqual([ball]);
  });
});
