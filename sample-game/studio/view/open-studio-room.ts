import { Scene } from "@babylonjs/core/scene.js";
import { element, setText } from "../../shell/element.ts";
import { openPanel } from "../../shell/open-panel.ts";
import { AdaptiveQuality, type QualityLevel } from "../../shell/quality.ts";
import type { Room, RoomHost } from "../../shell/room.ts";
import { nextStep } from "../rules/steps.ts";
import { HintCard } from "./hint-card.ts";
import { forgetWork, noteWork, recallWork } from "./remembered-work.ts";
import { standingOf } from "./standing-of.ts";
import { StudioView, type ShadowSize } from "./studio-view.ts";

/** Longer frames count as this long: slow devices play slowly rather than in jumps. */
const LONGEST_FRAME = 0.1;
/** Milliseconds between two looks at what has been made. */
const LOOK = 500;
/** What the doors of the rooms hide at the upper edge, and the margin of the card at the lower one, in CSS pixels. */
const DOORS = 56;
const MARGIN = 24;
const SHADOWS: Readonly<Record<QualityLevel, ShadowSize>> = { low: 0, medium: 1024, high: 2048 };

/** The read-only state of the room that tests see as `window.golemYard`. */
export interface StudioRoomHook {
  readonly room: "studio";
  /** Index of the step that comes now. */
  readonly step: number;
}

/** An empty scene and the studio's panel beside it, open from the beginning. */
export class StudioRoom implements Room {
  readonly name = "Studio";
  readonly inspect: StudioRoomHook;
  readonly #host: RoomHost;
  readonly #hints: HintCard;
  readonly #badge = element("div", { class: "badge", attributes: { "data-test": "badge" } });
  readonly #timer: number;
  readonly #label: string | null;
  readonly #quality: AdaptiveQuality;
  #view: StudioView;
  #level: QualityLevel = "low";
  #noted = "";
  #step = 0;
  #disposed = false;

  constructor(host: RoomHost) {
    const { engine, canvas, container, options } = host;
    this.#host = host;
    Scene.MaxDeltaTime = LONGEST_FRAME * 1000;
    this.#view = new StudioView(engine);
    recallWork(this.#view.scene);
    this.#hints = new HintCard(container, {
      resize: () => this.resize(),
      save: () => void this.#save(),
      beginAnew: () => void this.#beginAnew(),
    });
    container.append(this.#badge);
    this.#quality = new AdaptiveQuality(engine, options.quality, (level) => {
      this.#level = level;
      this.#view.setShadows(SHADOWS[level]);
    });
    this.#label = canvas.getAttribute("aria-label");
    canvas.setAttribute("aria-label", "A ground with a box, a ball, a cone, a pillar and a wall, seen from above.");
    this.#timer = window.setInterval(() => this.#look(), LOOK);
    const step = (): number => this.#step;
    this.inspect = {
      room: "studio",
      get step() {
        return step();
      },
    };
  }

  /** Opens the panel. */
  async begin(): Promise<void> {
    this.resize();
    const { scene } = this.#view;
    const panel = await openPanel(scene);
    if (this.#disposed || this.#view.scene !== scene) panel.close();
    this.#look();
  }

  frame(): void {
    const { engine, renderer } = this.#host;
    this.#view.scene.render();
    this.#quality.frame(engine.getDeltaTime() / 1000);
    setText(this.#badge, `${renderer} · ${Math.round(engine.getFps())} fps`);
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.#host.canvas;
    const height = Math.max(1, clientHeight);
    const hidden = this.#hints.height === 0 ? 0 : this.#hints.height + MARGIN;
    this.#view.fit(clientWidth / height, (hidden - DOORS) / 2 / height);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    window.clearInterval(this.#timer);
    this.#noted = noteWork(this.#view.scene, this.#noted);
    if (this.#label !== null) this.#host.canvas.setAttribute("aria-label", this.#label);
    this.#view.dispose();
  }

  /** What has been made so far: says what comes next, and notes it for the next visit. */
  #look(): void {
    const { scene } = this.#view;
    this.#step = nextStep(standingOf(scene));
    this.#hints.update(this.#step);
    this.#noted = noteWork(scene, this.#noted);
  }

  async #beginAnew(): Promise<void> {
    this.#view.dispose(); // its panel closes with it
    forgetWork();
    this.#view = new StudioView(this.#host.engine);
    this.#view.setShadows(SHADOWS[this.#level]);
    this.#hints.show(true);
    await this.begin();
  }

  async #save(): Promise<void> {
    const { SceneSerializer } = await import("@babylonjs/core/Misc/sceneSerializer.js");
    if (this.#disposed) return;
    const file = new Blob([JSON.stringify(SceneSerializer.Serialize(this.#view.scene))], { type: "application/json" });
    const url = URL.createObjectURL(file);
    element("a", { attributes: { href: url, download: "studio.babylon" } }).click();
    window.setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
}
