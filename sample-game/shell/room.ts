import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { PageOptions } from "./page-options.ts";

/** The renderer that draws the page. */
export type Renderer = "WebGPU" | "WebGL2";

/** What the shell lends to a room while that room is open. */
export interface RoomHost {
  readonly engine: AbstractEngine;
  readonly renderer: Renderer;
  readonly canvas: HTMLCanvasElement;
  /** An empty element over the canvas, for the room's own interface. The shell removes it after `dispose`. */
  readonly container: HTMLElement;
  readonly options: PageOptions;
  /** Says on the curtain what is being made, until the room is open. */
  say(text: string): void;
  /** Opens the curtain before the room is ready, for rooms that have something to show while they are being built. */
  reveal(): void;
}

/** An open room. */
export interface Room {
  readonly name: string;
  /** Read-only state for tests and for the curious, `window.golemYard` in the Yard. */
  readonly inspect: object;
  /** Draws one picture; called by the shell's render loop. */
  frame(): void;
  /** The picture has another size now; called before the next frame. */
  resize?(): void;
  /** Frees everything the room has made. May be called twice. */
  dispose(): void;
}

/** A door: a room that can be opened, with what the picker says about it. */
export interface RoomDoor {
  /** In the page's address, `?room=yard`. */
  readonly id: string;
  readonly name: string;
  /** The name in one word, on the door. */
  readonly word: string;
  /** One sentence. */
  readonly invitation: string;
  /** Loads the room's code and builds it. */
  open(host: RoomHost): Promise<Room>;
}
