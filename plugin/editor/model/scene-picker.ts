import "@babylonjs/core/Culling/ray.js";
import type { Camera } from "@babylonjs/core/Cameras/camera.js";
import type { IMouseEvent, IPointerEvent } from "@babylonjs/core/Events/deviceInputEvents.js";
import { PointerEventTypes, type PointerInfo } from "@babylonjs/core/Events/pointerEvents.js";
import { Plane } from "@babylonjs/core/Maths/math.plane.js";
import { Matrix, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { DebugDrawing, DebugPen } from "../../index.ts";
import { Observable } from "../../index.ts";
import { isListed } from "./scene-tree.ts";

/** A rectangle on the ground: `[least x, least z, greatest x, greatest z]`, in scene units. */
export type Area = readonly [number, number, number, number];

/** What a person is asked to do in the scene. */
export interface PickRequest {
  /** What people read, e.g. `"Click the target of Direction"`. */
  readonly words: string;
  readonly wants: "node" | "area";
}

/** Milliseconds within which a second tap at the same place is the second half of a double click. */
const DOUBLE_CLICK = 300;
/** Milliseconds from a tap to a question that somebody else asked, not the tap's own answer. */
const TAP_TO_QUESTION = 50;
/** Pixels that a pointer may move between press and release and still tap. */
const TAP_REACH = 10;
const AREA_COLOUR = { r: 0.1, g: 0.3, b: 1 };

/** Drawn a little above the ground, so that the two do not flicker. */
const ABOVE_GROUND = 0.03;

/** In pixels of the canvas. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Lets people point at things of the scene: a click picks a node, and where somebody asked for a node or an area, the next
 * click or drag answers. Escape or `cancel` answers with null.
 */
export class ScenePicker implements DebugDrawing {
  /** A node was clicked while nobody asked for one. */
  readonly onPickObservable = new Observable<TransformNode>();
  /** Somebody asks for something, or has got it. */
  readonly onRequestObservable = new Observable<void>();
  readonly #scene: Scene;
  readonly #observer: Observer<PointerInfo>;
  #request: (PickRequest & { answer: (what: TransformNode | Area | null) => void }) | null = null;
  #corner: Vector3 | null = null;
  #area: [number, number, number, number] | null = null;
  readonly #corners = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  #heldCamera: Camera | null = null;
  #cursor = "";
  #askedAt = -Infinity;
  /** The pointer that is down, and where; null where none is, or a second one came: two fingers turn the camera, they do not tap. */
  #press: (Place & { readonly pointer: number }) | null = null;
  #lastTap: Place & { readonly at: number } = { at: -Infinity, x: 0, y: 0 };
  #disposed = false;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#observer = scene.onPointerObservable.add((info) => this.#hear(info));
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** What a person is asked for at present, or null. */
  get request(): PickRequest | null {
    return this.#request;
  }

  /** Asks for a node. @returns null when the person does not want to. */
  askForNode(words: string): Promise<TransformNode | null> {
    return this.#ask({ words, wants: "node" }) as Promise<TransformNode | null>;
  }

  /** Asks for a rectangle on the ground, drawn by dragging. @returns null when the person does not want to. */
  askForArea(words: string): Promise<Area | null> {
    return this.#ask({ words, wants: "area" }) as Promise<Area | null>;
  }

  /** Answers for the person, who found the node elsewhere, e.g. in the tree. @returns Whether anybody had asked. */
  answerWith(node: TransformNode): boolean {
    if (this.#request?.wants !== "node") return false;
    this.#answer(node);
    return true;
  }

  /** The person does not want to answer. @returns Whether anybody had asked. */
  cancel(): boolean {
    if (!this.#request) return false;
    this.#answer(null);
    return true;
  }

  draw(pen: DebugPen): void {
    const area = this.#area;
    if (!area) return;
    const y = (this.#corner?.y ?? 0) + ABOVE_GROUND;
    const [a, b, c, d] = this.#corners;
    a.set(area[0], y, area[1]);
    b.set(area[2], y, area[1]);
    c.set(area[2], y, area[3]);
    d.set(area[0], y, area[3]);
    pen.line(a, b, AREA_COLOUR);
    pen.line(b, c, AREA_COLOUR);
    pen.line(c, d, AREA_COLOUR);
    pen.line(d, a, AREA_COLOUR);
  }

  /** Stops listening; whoever asked gets null. May be called twice. */
  dispose(): void {
    this.cancel();
    this.#disposed = true;
    this.#observer.remove();
  }

  #ask(request: PickRequest): Promise<TransformNode | Area | null> {
    this.cancel();
    return new Promise((answer) => {
      this.#askedAt = performance.now();
      this.#request = { ...request, answer };
      if (request.wants === "area") this.#holdCamera();
      this.#cursor = this.#scene.defaultCursor;
      this.#scene.defaultCursor = "crosshair";
      this.onRequestObservable.notifyObservers();
    });
  }

  #answer(what: TransformNode | Area | null): void {
    const request = this.#request;
    if (!request) return;
    this.#request = null;
    this.#corner = this.#area = null;
    this.#freeCamera();
    this.#scene.defaultCursor = this.#cursor;
    request.answer(what);
    this.onRequestObservable.notifyObservers();
  }

  #hear(info: PointerInfo): void {
    if (this.#request?.wants === "area") this.#hearArea(info.type);
    else if (info.type === PointerEventTypes.POINTERDOWN) this.#hearPress(info);
    else if (info.type === PointerEventTypes.POINTERUP) this.#hearRelease(info);
  }

  #hearPress({ event }: PointerInfo): void {
    const { pointerX: x, pointerY: y } = this.#scene;
    this.#press = this.#press ? null : { pointer: pointerOf(event), x, y };
  }

  // Babylon's own taps are not listened to: it calls any two quick ones a double tap, and two that are just 300 ms apart nothing.
  #hearRelease({ event }: PointerInfo): void {
    const press = this.#press;
    this.#press = null;
    const { pointerX: x, pointerY: y } = this.#scene;
    if (press?.pointer !== pointerOf(event) || !isNear(press, x, y)) return;
    const last = this.#lastTap;
    const now = performance.now();
    const wasAskedSince = this.#request !== null && this.#askedAt - last.at > TAP_TO_QUESTION;
    if (now - last.at < DOUBLE_CLICK && isNear(last, x, y) && !wasAskedSince) return;
    this.#lastTap = { at: now, x, y };
    this.#tap(x, y);
  }

  #tap(x: number, y: number): void {
    const picked = this.#scene.pick(x, y, (mesh) => mesh.isEnabled() && mesh.isVisible && isListed(mesh));
    const node = picked.pickedMesh;
    if (!node || this.answerWith(node) || this.#request) return;
    this.onPickObservable.notifyObservers(node);
  }

  #hearArea(type: number): void {
    if (type === PointerEventTypes.POINTERDOWN) this.#corner = this.#groundPoint();
    const { x, z } = this.#corner ?? {};
    if (x === undefined || z === undefined) return;
    const to = this.#groundPoint(this.#corner!.y);
    if (to) this.#area = [Math.min(x, to.x), Math.min(z, to.z), Math.max(x, to.x), Math.max(z, to.z)];
    if (type !== PointerEventTypes.POINTERUP) return;
    const area = this.#area;
    const isDrawn = area !== null && area[2] - area[0] > 0.01 && area[3] - area[1] > 0.01;
    this.#corner = this.#area = null;
    if (isDrawn) this.#answer(area.map((value) => Math.round(value * 100) / 100) as unknown as Area);
  }

  /** Where the pointer meets the floor: what is there, or a plane at that height. */
  #groundPoint(height?: number): Vector3 | null {
    const scene = this.#scene;
    const ray = scene.createPickingRay(scene.pointerX, scene.pointerY, Matrix.Identity(), scene.activeCamera);
    const found = height === undefined ? scene.pickWithRay(ray, (mesh) => mesh.isEnabled() && isListed(mesh)) : null;
    if (found?.pickedPoint) return found.pickedPoint;
    const plane = Plane.FromPositionAndNormal(new Vector3(0, height ?? 0, 0), Vector3.UpReadOnly);
    const distance = ray.intersectsPlane(plane);
    return distance === null ? null : ray.origin.add(ray.direction.scale(distance));
  }

  /** A drag that draws must not turn the camera as well. */
  #holdCamera(): void {
    const camera = this.#scene.activeCamera;
    if (!camera?.inputs?.attachedToElement) return;
    camera.detachControl();
    this.#heldCamera = camera;
  }

  #freeCamera(): void {
    this.#heldCamera?.attachControl(true);
    this.#heldCamera = null;
  }
}

/** Mice and old pages tell no identity: they have one pointer. */
const pointerOf = (event: IMouseEvent): number => (event as Partial<IPointerEvent>).pointerId ?? 0;

const isNear = (place: Place, x: number, y: number): boolean => Math.hypot(place.x - x, place.y - y) <= TAP_REACH;
