import type { Stage } from "./stage.ts";

/** What touches the surface instead of turning the view. Places are in CSS pixels of the picture. */
export interface StageBrush {
  /** The mouse is over the picture, or has left it. */
  hover(place: { readonly x: number; readonly y: number } | null): void;
  /** A press. @returns Whether the brush takes it. */
  down(x: number, y: number): boolean;
  move(x: number, y: number): void;
  up(): void;
  /** A key on the picture. @returns Whether the brush takes it. */
  key(event: KeyboardEvent): boolean;
}

/** What a finger or the mouse does on the picture, besides turning it. */
export interface StageActions {
  /** Whether a click puts the material on something. */
  isPutting(): boolean;
  /** What the pointer touches the surface with; null where it only turns the view. */
  brush(): StageBrush | null;
  /** A click or a tap that moved nothing, in CSS pixels. */
  click(x: number, y: number): void;
  /** The light is dragged: degrees to the right and up. */
  dragLight(right: number, up: number): void;
}

/** A press that moves less is a click, in CSS pixels. */
const CLICK = 6;
const TURN = 0.006;
const WHEEL = 0.0012;
const KEY_TURN = 0.09;

/** Turning, zooming, clicking: mouse, touch and keys on the canvas. */
export function controlStage(stage: Stage, canvas: HTMLElement, actions: StageActions, signal: AbortSignal): void {
  const fingers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let spread = 0;
  /** What is being painted with, by one finger or by the mouse. */
  let stroke: StageBrush | null = null;
  const endStroke = (): void => {
    stroke?.up();
    stroke = null;
  };
  const turn = (right: number, down: number): void => {
    stage.orbit.turn(right, down);
    stage.touch();
  };
  const on = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    react: (event: HTMLElementEventMap[Type]) => void,
  ): void => canvas.addEventListener(type, react, { signal, passive: false });

  on("pointerdown", (event) => {
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    canvas.setPointerCapture(event.pointerId);
    spread = spreadOf(fingers);
    endStroke(); // two fingers turn and zoom
    const isPlain = event.button === 0 && !event.shiftKey && fingers.size === 1 && !actions.isPutting();
    const brush = isPlain ? actions.brush() : null;
    if (brush?.down(event.offsetX, event.offsetY)) stroke = brush;
  });
  on("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) {
      if (event.pointerType !== "mouse") return;
      stage.hover(actions.isPutting() ? stage.partAt(event.offsetX, event.offsetY) : null);
      actions.brush()?.hover({ x: event.offsetX, y: event.offsetY });
      return;
    }
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    moved += Math.hypot(dx, dy);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (stroke) {
      stroke.move(event.offsetX, event.offsetY);
      return;
    }
    if (moved < CLICK) return;
    if (fingers.size > 1) {
      const now = spreadOf(fingers);
      if (spread > 0) stage.orbit.zoom(now / spread);
      spread = now;
      stage.touch();
    } else if (event.shiftKey || event.buttons === 2) actions.dragLight(dx * 0.5, -dy * 0.3);
    else turn(dx * TURN, dy * TURN);
  });
  on("pointerup", (event) => {
    const wasAlone = fingers.size === 1;
    fingers.delete(event.pointerId);
    spread = 0;
    const wasStroke = stroke !== null;
    endStroke();
    if (wasAlone && moved < CLICK && !wasStroke) actions.click(event.offsetX, event.offsetY);
  });
  on("pointercancel", (event) => {
    fingers.delete(event.pointerId);
    endStroke();
  });
  on("pointerleave", () => actions.brush()?.hover(null));
  on("blur", () => actions.brush()?.hover(null));
  on("contextmenu", (event) => event.preventDefault());
  on("wheel", (event) => {
    event.preventDefault();
    stage.orbit.zoom(Math.exp(-event.deltaY * WHEEL));
    stage.touch();
  });
  on("dblclick", () => {
    stage.orbit.reset();
    stage.touch();
  });
  on("keydown", (event) => {
    if (!event.shiftKey && actions.brush()?.key(event)) {
      event.preventDefault();
      return;
    }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way && event.shiftKey) actions.dragLight(way[0] * 5, -way[1] * 4);
    else if (way) turn(way[0] * KEY_TURN, way[1] * KEY_TURN);
    else if (event.key === "+" || event.key === "=") stage.orbit.zoom(1.15);
    else if (event.key === "-") stage.orbit.zoom(1 / 1.15);
    else if (event.key === "Home") stage.orbit.reset();
    else return;
    event.preventDefault();
    stage.touch();
  });
}

function spreadOf(fingers: ReadonlyMap<number, { x: number; y: number }>): number {
  const [a, b] = [...fingers.values()];
  return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}
