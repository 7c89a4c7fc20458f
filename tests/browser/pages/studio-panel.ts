import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { Engine } from "@babylonjs/core/Engines/engine.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { Observable } from "@babylonjs/core/Misc/observable.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { StudioPanel } from "../../../plugin/editor/elements/studio-panel.ts";
import { openStudio } from "../../../plugin/editor.ts";
import {
  attachController,
  createPolicy,
  keepController,
  untaughtPolicy,
  type ControllerDescription,
} from "../../../plugin/index.ts";

/** Milliseconds of the studio's own work in each frame. */
export interface PanelCost {
  readonly open: readonly number[];
  readonly closed: readonly number[];
  /** How many of the studio's callbacks were called in all frames after it was closed. */
  readonly callsAfterClosing: number;
}

declare global {
  /** Runs frames of a simulated 60 Hz clock with the studio open, every view of it live, and closed again. */
  var measurePanel: (agents: number, frames: number) => Promise<PanelCost>;
}

const AGENT: ControllerDescription = {
  name: "agent",
  sensors: [
    { kind: "rayFan", options: { rays: 9, range: 6 } },
    { kind: "velocity", options: { maximum: 5 } },
  ],
  actuators: [
    { kind: "drive", options: { speed: 1 } },
    { kind: "turn", options: { radiansPerSecond: 2 } },
  ],
};

const clock = performance.now.bind(performance);
let spent = 0;
let depth = 0;
let calls = 0;

/** The same function, whose time is added up; what it calls itself is not counted twice. */
function timed<A extends unknown[], R>(act: (...args: A) => R): (...args: A) => R {
  return function (this: unknown, ...args: A): R {
    const began = clock();
    depth += 1;
    calls += 1;
    try {
      return act.apply(this, args);
    } finally {
      depth -= 1;
      if (depth === 0) spent += clock() - began;
    }
  };
}

globalThis.measurePanel = async (agents, frames) => {
  const engine = new Engine(document.querySelector<HTMLCanvasElement>("#canvas"));
  engine.getDeltaTime = () => 1000 / 60;
  const scene = new Scene(engine);
  new FreeCamera("camera", new Vector3(0, 20, -20), scene).setTarget(Vector3.Zero());
  const side = Math.ceil(Math.sqrt(agents));
  const controllers = Array.from({ length: agents }, (_, i) => {
    const box = CreateBox(`box ${i}`, { size: 0.5 }, scene);
    box.position.set((i % side) * 2 - side, 0.25, Math.floor(i / side) * 2 - side);
    keepController(box, AGENT);
    return attachController(box, AGENT);
  });
  const network = { hidden: [64, 64], activation: "tanh", sharedTrunk: false } as const;
  const policy = await createPolicy(untaughtPolicy(controllers[0].role, network, 1));
  for (const controller of controllers) controller.policy = policy;

  // Step 1. Time as it would be at 60 frames a second, for throttles and timers.
  let now = 0;
  performance.now = () => now;
  const timers: { due: number; every: number; act: () => void }[] = [];
  globalThis.setInterval = ((act: () => void, every: number) => {
    timers.push({ due: now + every, every, act: timed(act) });
    return timers.length;
  }) as never;
  globalThis.clearInterval = ((id: number) => {
    if (timers[id - 1]) timers[id - 1].due = Infinity;
  }) as never;

  // Step 2. Whatever the studio listens to, and whatever it draws, is timed.
  const add = Observable.prototype.add;
  Observable.prototype.add = function (this: Observable<unknown>, callback, ...rest) {
    return add.call(this, callback && timed(callback), ...rest);
  } as typeof add;
  const studio = openStudio(scene);
  const { studio: model } = studio.element as StudioPanel;
  const update = Object.getPrototypeOf(Object.getPrototypeOf(studio.element)) as { performUpdate(): void };
  update.performUpdate = timed(update.performUpdate);
  await settle();
  model.select(scene.getMeshByName("box 0"));
  model.showsAll = true;
  model.setState({ tab: "understand" });
  await settle();

  // Step 3. Frames.
  const frame = async (): Promise<number> => {
    spent = 0;
    now += 1000 / 60;
    for (const timer of timers) {
      if (now < timer.due) continue;
      timer.due += timer.every;
      timer.act();
    }
    scene.render();
    await settle();
    return spent;
  };
  let floor: HTMLElement | null = null;
  for (let i = 0; i < 2000 && !floor; i++) {
    await frame(); // policies get ready
    floor = findInside(studio.element, "[data-test=floor]");
  }
  if (!floor) throw new Error("The studio's live views have not come.");
  floor.click();
  for (let i = 0; i < 60; i++) await frame(); // the map too, and code gets warm
  const open: number[] = [];
  for (let i = 0; i < frames; i++) open.push(await frame());
  studio.close();
  await settle();
  calls = 0;
  const closed: number[] = [];
  for (let i = 0; i < frames; i++) closed.push(await frame());
  return { open, closed, callsAfterClosing: calls };
};

/** The first element within elements of the panel that a selector fits. */
function findInside(within: Element, selector: string): HTMLElement | null {
  const root = within.shadowRoot ?? within;
  const found = root.querySelector<HTMLElement>(selector);
  if (found) return found;
  for (const child of root.querySelectorAll("*")) {
    const inside = child.shadowRoot && findInside(child, selector);
    if (inside) return inside;
  }
  return null;
}

/** Lets elements draw themselves. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}
