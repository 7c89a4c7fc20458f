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

function hear(type: number): void {
  const event = {} as IPointerEvent;
  world.scene.onPointerObservable.notifyObservers(new PointerInfo(type, event, null), type);
}
const tap = (): void => hear(PointerEventTypes.POINTERTAP);
const secondTap = (): void => hear(PointerEventTypes.POINTERDOUBLETAP);
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 80));

describe("Picking in the scene", () => {
  it("answers a question with a tap, and picks with a tap where nobody asked", async () => {
    const asked = picker.askForNode("Click the ball");
    tap();
    expect(await asked).toBe(ball);
    const picks: unknown[] = [];
    picker.onPickObservable.add((node) => picks.push(node));
    tap();
    expect(picks).toEqual([ball]);
  });

  it("takes a quick second tap as the answer to a question that came after the first one", async () => {
    const first = picker.askForNode("Click the target");
    tap();
    expect(await first).toBe(ball);
    await aMoment();
    const second = picker.askForNode("Click what to reach");
    secondTap();
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
    secondTap();
    await aMoment();
    expect(isAnswered).toBe(false);
    expect(picks).toEqual([]);
    picker.cancel();
    expect(await second).toBeNull();
  });
});
