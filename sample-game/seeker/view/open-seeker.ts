import { Scene } from "@babylonjs/core/scene.js";
import { loadPolicy, playLesson, type LessonPlay, type PlayedEpisode, type Policy } from "../../../plugin/index.ts";
import { createGpuPolicy, type GpuPolicy } from "../../../plugin/vision.ts";
import { boxInPicture } from "../../shell/box-in-picture.ts";
import { element } from "../../shell/element.ts";
import { AdaptiveQuality } from "../../shell/quality.ts";
import type { Room, RoomHost } from "../../shell/room.ts";
import { seekerLesson, type SeekerWorld } from "../lesson/seeker.lesson.ts";
import { EyePanel, type Place } from "./eye-panel.ts";
import { SeekerView } from "./seeker-view.ts";

/** Where the shipped mind lies, beside the page. */
const SHIPPED_URL = "models/seeker/policy.bnp";
/** Longer frames count as this long: slow devices play slowly rather than in jumps. */
const LONGEST_FRAME = 0.1;
/** The next court begins so many seconds after the end of the last. */
const PAUSE = 1.2;

/** The read-only state of the room that tests see as `window.golemYard`. */
export interface SeekerHook {
  readonly room: "seeker";
  readonly walked: number;
  readonly found: number;
  /** Whether a taught policy decides. */
  readonly hasMind: boolean;
  /** Where its pictures are looked at: in memory by WASM, or on the GPU where the scene draws them. */
  readonly place: Place;
  /** Pictures of its camera that came and were shown. */
  readonly pictures: number;
  readonly golem: { readonly x: number; readonly z: number };
}

/** The court of the seeker, open: a golem that walks to the emerald by its own camera. */
export class SeekerRoom implements Room {
  readonly name = "Seeker's Court";
  readonly inspect: SeekerHook;
  readonly #host: RoomHost;
  readonly #view: SeekerView;
  readonly #panel: EyePanel;
  readonly #play: LessonPlay<SeekerWorld>;
  readonly #quality: AdaptiveQuality;
  readonly #badge = element("div", { class: "badge", attributes: { "data-test": "badge" } });
  readonly #toast = element("div", { class: "toast panel", attributes: { role: "status" } });
  readonly #stop = new AbortController();
  readonly #label: string | null;
  #policy: Policy | null = null;
  #gpuPolicy: GpuPolicy | null = null;
  #place: Place = "memory";
  #walked = 0;
  #found = 0;
  #untilNext = -1;
  #disposed = false;

  constructor(host: RoomHost) {
    const { engine, canvas, container, options } = host;
    this.#host = host;
    Scene.MaxDeltaTime = LONGEST_FRAME * 1000;
    this.#view = new SeekerView(engine);
    this.#panel = new EyePanel(container, (place) => {
      this.#look(place).catch((problem: unknown) => this.#say(String(problem), "bad"));
    });
    container.append(this.#badge, this.#toast);
    this.#play = playLesson(seekerLesson, this.#view.scene, {
      settings: { pictures: "game" },
      seed: options.seed,
      restarts: false,
    });
    this.#play.onDecisionObservable.add((group) => this.#panel.show(group));
    this.#play.onEpisodeEndObservable.add((episode) => this.#end(episode));
    this.#view.scene.onBeforeRenderObservable.add(() => this.#view.update(this.#play.world, this.#seconds()));
    this.#quality = new AdaptiveQuality(engine, options.quality, () => {});
    this.#label = canvas.getAttribute("aria-label");
    canvas.setAttribute("aria-label", "A walled court with coloured pillars, three gems and a golem, seen from above.");
    const isAwake = (): boolean => this.#policy !== null;
    const [panel, world] = [this.#panel, this.#play.world];
    const place = (): Place => this.#place;
    const counts = (): readonly [number, number] => [this.#walked, this.#found];
    this.inspect = {
      room: "seeker",
      get walked() {
        return counts()[0];
      },
      get found() {
        return counts()[1];
      },
      get hasMind() {
        return isAwake();
      },
      get place() {
        return place();
      },
      get pictures() {
        return panel.drawn;
      },
      get golem() {
        return { x: world.spot.x, z: world.spot.z };
      },
    };
  }

  /** Loads the mind and begins. */
  async begin(): Promise<void> {
    this.#panel.tell(0, 0);
    try {
      const policy = await loadPolicy(SHIPPED_URL);
      if (this.#disposed) {
        policy.dispose();
        return;
      }
      this.#policy = policy;
      this.#play.policy = policy;
      if (this.#host.renderer === "WebGPU") this.#panel.setPlace("memory");
    } catch (problem) {
      const said = problem instanceof Error ? problem.message : String(problem);
      this.#say(`The golem has no mind and stands still. ${said}`, "bad");
    }
    this.resize();
  }

  /** Fits the court into what the panel leaves of the picture. */
  resize(): void {
    const { canvas } = this.#host;
    const { clientWidth: width, clientHeight: height } = canvas;
    const panel = boxInPicture(this.#panel.root, canvas);
    // On narrow screens the panel is a sheet at the lower edge.
    const isNarrow = panel.right - panel.left > width * 0.8;
    const free = isNarrow
      ? { left: 0, right: width, top: 112, bottom: panel.top }
      : { left: panel.right, right: width, top: 64, bottom: height - 16 };
    this.#view.fit(free, width, height);
  }

  frame(): void {
    const { engine, renderer } = this.#host;
    if (this.#untilNext >= 0) {
      this.#untilNext -= this.#seconds();
      if (this.#untilNext < 0) this.#play.restart();
    }
    this.#view.scene.render();
    this.#quality.frame(engine.getDeltaTime() / 1000);
    const mind = this.#place === "gpu" ? "decides on the scene's GPU device" : "decides on WASM";
    const text = `${renderer} · ${mind} · ${Math.round(engine.getFps())} fps`;
    if (this.#badge.textContent !== text) this.#badge.textContent = text;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#stop.abort();
    if (this.#label !== null) this.#host.canvas.setAttribute("aria-label", this.#label);
    this.#play.dispose();
    this.#panel.dispose();
    this.#badge.remove();
    this.#toast.remove();
    this.#policy?.dispose();
    this.#gpuPolicy?.dispose();
    this.#view.dispose();
  }

  /** Lets the same mind decide elsewhere. */
  async #look(place: Place): Promise<void> {
    const policy = this.#policy;
    if (!policy) return;
    if (place === "gpu" && !this.#gpuPolicy) {
      const made = await createGpuPolicy(policy.toData(), { scene: this.#view.scene });
      if (this.#disposed || this.#gpuPolicy) made.dispose();
      else this.#gpuPolicy = made;
    }
    if (this.#disposed) return;
    this.#place = place;
    this.#play.policy = place === "gpu" ? this.#gpuPolicy : policy;
    this.#panel.setPlace(place);
  }

  #end({ succeeded, terminated, seconds }: PlayedEpisode): void {
    this.#walked++;
    if (succeeded) this.#found++;
    this.#panel.tell(this.#found, this.#walked);
    this.#untilNext = PAUSE;
    if (succeeded) this.#say(`Found the emerald in ${seconds.toFixed(1)} s.`, "good");
    else this.#say(terminated ? "That was the wrong gem." : "Gave up.", "bad");
  }

  #say(text: string, mood: "good" | "bad"): void {
    this.#toast.className = `toast panel shown ${mood}`;
    this.#toast.textContent = text;
    const { signal } = this.#stop;
    const timer = window.setTimeout(() => this.#toast.classList.remove("shown"), 2200);
    signal.addEventListener("abort", () => window.clearTimeout(timer), { once: true });
  }

  #seconds(): number {
    return Math.min(LONGEST_FRAME, this.#host.engine.getDeltaTime() / 1000);
  }
}
