import { createEngine, type CreatedEngine } from "./create-engine.ts";
import type { Curtain } from "./curtain.ts";
import { element } from "./element.ts";
import type { PageOptions } from "./page-options.ts";
import { createRoomPicker } from "./room-picker.ts";
import { createStudioDoor } from "./studio-door.ts";
import type { Room, RoomDoor } from "./room.ts";

/** What the page is made of, besides its canvas. */
export interface ShellParts {
  readonly doors: readonly RoomDoor[];
  readonly options: PageOptions;
  readonly curtain: Curtain;
}

/** The page: one engine, one open room at a time, and the way from one to the next. */
export class Shell {
  readonly #canvas: HTMLCanvasElement;
  readonly #interface: HTMLElement;
  readonly #parts: ShellParts;
  #made: CreatedEngine | null = null;
  #room: Room | null = null;
  #container: HTMLElement | null = null;
  #picker: HTMLElement | null = null;
  #studioDoor: HTMLElement | null = null;
  #isResized = false;

  constructor(canvas: HTMLCanvasElement, interfaceElement: HTMLElement, parts: ShellParts) {
    this.#canvas = canvas;
    this.#interface = interfaceElement;
    this.#parts = parts;
  }

  /** Starts the engine and opens the room that the address asks for, or the first one. @throws Error without an engine. */
  async start(): Promise<void> {
    const { doors, options } = this.#parts;
    this.#made = await createEngine(this.#canvas, options.renderer);
    const { engine } = this.#made;
    // The window may change, and so may the part of it that the studio's panel leaves.
    new ResizeObserver(() => (this.#isResized = true)).observe(this.#canvas);
    await this.open(doors.find((door) => door.id === options.room) ?? doors[0]);
    engine.runRenderLoop(() => this.#frame());
  }

  /** A canvas is empty when it has been resized: that is done right before it is drawn anew. */
  #frame(): void {
    if (this.#isResized) {
      this.#isResized = false;
      this.#made?.engine.resize();
      this.#room?.resize?.();
    }
    this.#room?.frame();
  }

  /** Leaves the present room and opens another; says so where that fails, and leaves the other doors open. */
  async open(door: RoomDoor): Promise<void> {
    if (!this.#made) return;
    const { doors, options, curtain } = this.#parts;
    this.#leave();
    await curtain.close(`Opening the ${door.name}…`);
    const container = element("div", { class: `room room-${door.id}` });
    this.#container = container;
    this.#interface.append(container);
    try {
      const { engine, renderer } = this.#made;
      const say = (text: string): void => curtain.say(text);
      const reveal = (): void => curtain.open();
      this.#room = await door.open({ engine, renderer, canvas: this.#canvas, container, options, say, reveal });
      // For tests and for the curious: the open room's read-only state.
      (window as { golemYard?: object }).golemYard = this.#room.inspect;
      curtain.open();
    } catch (problem) {
      curtain.fail(problem);
    }
    document.title = `${door.name} · babylon-neural`;
    this.#picker = createRoomPicker(doors, door.id, (next) => void this.#go(next));
    this.#studioDoor ??= createStudioDoor(this.#made.engine);
    this.#picker?.append(this.#studioDoor);
    if (this.#picker) this.#interface.append(this.#picker);
  }

  /** Opens another room, and writes it into the address, so that the page comes back to it. */
  async #go(door: RoomDoor): Promise<void> {
    const address = new URL(location.href);
    address.searchParams.set("room", door.id);
    history.replaceState(null, "", address);
    await this.open(door);
  }

  #leave(): void {
    this.#room?.dispose();
    this.#room = null;
    delete (window as { golemYard?: object }).golemYard;
    this.#container?.remove();
    this.#picker?.remove();
  }
}
