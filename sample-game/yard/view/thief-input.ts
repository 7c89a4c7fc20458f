/** Where the player wants the thief to run, in the picture's directions: right and up. */
export interface ThiefWish {
  /** In [-1, 1]; both together at most 1 long. */
  right: number;
  up: number;
  sprint: boolean;
}

/** The keys that steer, by where they lie on the keyboard, so that WASD works on every layout. */
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  KeyW: [0, 1],
  ArrowUp: [0, 1],
  KeyS: [0, -1],
  ArrowDown: [0, -1],
  KeyA: [-1, 0],
  ArrowLeft: [-1, 0],
  KeyD: [1, 0],
  ArrowRight: [1, 0],
};
const SPRINT_KEYS: ReadonlySet<string> = new Set(["ShiftLeft", "ShiftRight", "Space"]);
const DEAD_ZONE = 0.2;

/** Joins keyboard, gamepad and touch to one wish. */
export class ThiefInput {
  /** Set by the touch stick, in [-1, 1]. */
  readonly stick = { right: 0, up: 0 };
  /** Set by the touch button. */
  sprintHeld = false;
  /** Called when the gamepad's main button goes down. */
  onStart: () => void = () => {};
  readonly #down = new Set<string>();
  readonly #stop = new AbortController();
  #padButton = false;

  constructor() {
    const { signal } = this.#stop;
    window.addEventListener("keydown", (event) => this.#press(event), { signal });
    window.addEventListener("keyup", (event) => this.#down.delete(event.code), { signal });
    window.addEventListener("blur", () => this.#down.clear(), { signal });
  }

  /** Writes the present wish. Allocates nothing where no gamepad is plugged in. */
  read(wish: ThiefWish): void {
    let right = this.stick.right;
    let up = this.stick.up;
    let sprint = this.sprintHeld;
    for (const code of this.#down) {
      const key = KEYS[code];
      if (key) {
        right += key[0];
        up += key[1];
      } else if (SPRINT_KEYS.has(code)) sprint = true;
    }
    const pad = this.#pad();
    if (pad) {
      const [x = 0, y = 0] = pad.axes;
      if (Math.hypot(x, y) > DEAD_ZONE) {
        right += x;
        up -= y;
      }
      right += held(pad, 15) - held(pad, 14);
      up += held(pad, 12) - held(pad, 13);
      sprint ||= held(pad, 7) + held(pad, 5) + held(pad, 0) > 0;
      const button = held(pad, 0) + held(pad, 9) > 0;
      if (button && !this.#padButton) this.onStart();
      this.#padButton = button;
    }
    const length = Math.max(1, Math.hypot(right, up));
    wish.right = right / length;
    wish.up = up / length;
    wish.sprint = sprint;
  }

  dispose(): void {
    this.#stop.abort();
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (!(event.code in KEYS) && !SPRINT_KEYS.has(event.code)) return;
    // Space and arrows still press and choose what has the focus outside the yard.
    if (isControl(event.target)) return;
    event.preventDefault();
    this.#down.add(event.code);
  }

  #pad(): Gamepad | null {
    if (!("getGamepads" in navigator)) return null;
    for (const pad of navigator.getGamepads()) if (pad?.connected) return pad;
    return null;
  }
}

function held(pad: Gamepad, button: number): number {
  return pad.buttons[button]?.pressed ? 1 : 0;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLButtonElement;
}
