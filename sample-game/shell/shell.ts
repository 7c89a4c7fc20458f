import { createEngine, type CreatedEngine } from "./create-engine.ts";
import { element } from "./element.ts";
import type { PageOptions } from "./page-options.ts";
import { createRoomPicker } from "./room-picker.ts";
import type { Room, RoomDoor } from "./room.ts";

/** The page: one engine, one open room at a time, and the way from one to the next. */
export class Shell {
  readonly #canvas: HTMLCanvasElement;
  readonly #interface: HTMLElement;
  readonly #doors: readonly RoomDoor[];
  readonly #options: PageOptions;
  #made: CreatedEngine | null = null;
  #room: Room | null = null;
  #container: HTMLElement | null = null;
  #picker: HTMLElement | null = null;

  constructor(
    canvas: HTMLCanvasElement,
    interfaceElement: HTMLElement,
    doors: readonly RoomDoor[],
    options: PageOptions,
  ) {
    this.#canvas = canvas;
    this.#interface = interfaceElement;
    this.#doors = doors;
    this.#options = options;
  }

  /** Starts the engine and opens the room that the address asks for, or the first one. */
  async start(): Promise<void> {
    this.#made = await createEngine(this.#canvas, this.#options.renderer);
    const { engine } = this.#made;
    window.addEventListener("resize", () => engine.resize());
    await this.open(this.#doors.find((door) => door.id === this.#options.room) ?? this.#doors[0]);
    engine.runRenderLoop(() => this.#room?.frame());
  }

  /** Leaves the present room and opens another. */
  async open(door: RoomDoor): Promise<void> {
    if (!this.#made) return;
    this.#room?.dispose();
    this.#room = null;
    this.#container?.remove();
    this.#picker?.remove();
    const container = element("div", { class: `room room-${door.id}` });
    this.#container = container;
    this.#interface.append(container);
    this.#room = await door.open({
      engine: this.#made.engine,
      renderer: this.#made.renderer,
      canvas: this.#canvas,
      container,
      options: this.#options,
    });
    // For tests and for the curious: the open room's read-only state.
    (window as { golemYard?: object }).golemYard = this.#room.inspect;
    document.title = `${door.name} · babylon-neural`;
    this.#picker = createRoomPicker(this.#doors, door.id, (next) => void this.open(next));
    if (this.#picker) this.#interface.append(this.#picker);
  }
}
