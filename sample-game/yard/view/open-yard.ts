import { Scene } from "@babylonjs/core/scene.js";
import { element } from "../../shell/element.ts";
import { AdaptiveQuality } from "../../shell/quality.ts";
import type { Room, RoomHost } from "../../shell/room.ts";
import type { YardEvent } from "../rules/referee.ts";
import { noteScore } from "./best-score.ts";
import { EdgeMarkers } from "./edge-markers.ts";
import { GameWorld } from "./game-world.ts";
import { GolemInspector } from "./golem-inspector.ts";
import { pickGolem } from "./golem-picker.ts";
import { hiddenBy } from "./hidden-share.ts";
import { Hud } from "./hud.ts";
import type { MindId } from "./mind-choice.ts";
import { Minds } from "./minds.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { PageTeaching } from "./page-teaching.ts";
import { RoundCard, type RoundChoices, type RoundResult } from "./round-card.ts";
import { TeachPanel } from "./teach-panel.ts";
import { ThiefInput } from "./thief-input.ts";
import { TouchControls } from "./touch-controls.ts";
import { YardGame } from "./yard-game.ts";
import { inspectYard } from "./yard-hook.ts";
import { YardView } from "./yard-view.ts";

/** Longer frames count as this long: slow devices play slowly rather than in jumps. */
const LONGEST_FRAME = 0.1;

/** So many seconds after the end, the card says how it went. */
const RESULT_AFTER = 0.9;

/** The Yard, open: joins game, picture, input, panels and teaching. */
export class YardRoom implements Room {
  readonly name = "Golem Yard";
  readonly inspect: object;
  readonly #host: RoomHost;
  readonly #view: YardView;
  readonly #world: GameWorld;
  readonly #game: YardGame;
  readonly #input = new ThiefInput();
  readonly #touch: TouchControls;
  readonly #hud: Hud;
  readonly #card: RoundCard;
  readonly #panel: TeachPanel;
  readonly #inspector: GolemInspector;
  readonly #markers: EdgeMarkers;
  readonly #teaching: PageTeaching;
  readonly #minds: Minds;
  readonly #quality: AdaptiveQuality;
  readonly #tools: HTMLElement;
  readonly #playButton: HTMLButtonElement;
  readonly #stop = new AbortController();
  readonly #seeing: boolean[] = [];
  readonly #idle = { right: 0, up: 0, sprint: false };
  #mind: MindId = "fresh";
  #chosen: MindId = "fresh";
  #result: RoundResult | null = null;
  #seconds = 0;
  #disposed = false;

  /** @param havok - From `loadHavok`. */
  constructor(host: RoomHost, havok: object) {
    this.#host = host;
    const { engine, canvas, container, options } = host;
    Scene.MaxDeltaTime = LONGEST_FRAME * 1000;
    this.#view = new YardView(engine);
    this.#world = new GameWorld(this.#view.scene, havok);
    this.#minds = new Minds(this.#world.controllers[0].role, options.seed, (policy) => this.#world.assertFits(policy));
    this.#hud = new Hud(container);
    this.#game = new YardGame(this.#world, this.#input, options.seed, {
      begin: (layout) => this.#view.lay(layout, this.#game.golemCount),
      event: (event) => this.#tell(event),
    });
    this.#teaching = new PageTeaching(options.seed, {
      present: () => this.#minds.policy(this.#mind)?.toData() ?? null,
      onPolicy: (policy) => this.#learned(policy),
      keep: (data) => this.#keep(data),
      say: (text) => this.#hud.say(text),
    });
    this.#playButton = element("button", {
      class: "button primary",
      text: "Play",
      attributes: { type: "button" },
      onClick: () => this.play(),
    });
    const teachButton = element("button", {
      class: "button",
      text: "Teach",
      attributes: { type: "button", "data-test": "teach" },
      onClick: () => (this.#panel.isOpen ? this.#panel.close() : this.#openPanel()),
    });
    this.#tools = element("div", { class: "tools" }, this.#playButton, teachButton);
    container.append(this.#tools);
    this.#panel = new TeachPanel(container, this.#teaching, {
      chooseMind: (id) => this.#chooseMind(id as MindId),
      onOpenChange: () => this.#arrange(),
    });
    this.#inspector = new GolemInspector(this.#view.scene, container, this.#world.controllers, () => this.#arrange());
    this.#markers = new EdgeMarkers(container);
    this.#card = new RoundCard(container, {
      play: () => this.play(),
      teach: () => this.#openPanel(),
      chooseMind: (id) => this.#chooseMind(id as MindId),
      chooseGolems: (count) => this.#chooseGolems(count),
    });
    this.#touch = new TouchControls(canvas, container, this.#input, (x, y) => this.#tap(x, y));
    this.#input.onStart = () => this.#game.phase !== "play" && this.play();
    this.#quality = new AdaptiveQuality(engine, options.quality, (level) => this.#view.setQuality(level));
    this.inspect = inspectYard({
      game: this.#game,
      teaching: this.#teaching,
      renderer: host.renderer,
      engine,
      scene: this.#view.scene,
      canvas,
      mind: () => this.#mind,
      policy: () => this.#minds.policy(this.#mind),
      quality: () => this.#quality.level,
      selected: () => this.#inspector.selected,
    });
    this.#listen();
  }

  /** Loads the minds and begins. */
  async begin(): Promise<void> {
    const problems = await this.#minds.load();
    if (problems.length > 0) this.#hud.say(problems[0], "bad");
    this.#chosen = this.#minds.first;
    this.#setMind(this.#chosen);
    this.#game.begin("demo");
    this.#card.showStart(this.#choices());
    this.#arrange();
  }

  /** Begins a game for the player. */
  play(): void {
    this.#result = null;
    this.#card.hide();
    if (this.#isNarrow) this.#panel.close();
    this.#inspector.select(-1);
    this.#game.begin("play");
    this.#host.canvas.focus({ preventScroll: true });
    this.#arrange();
  }

  frame(): void {
    const { engine, renderer } = this.#host;
    this.#seconds = Math.min(LONGEST_FRAME, engine.getDeltaTime() / 1000);
    // A game that is not played yet begins at the gamepad's button.
    if (this.#game.phase !== "play") this.#input.read(this.#idle);
    this.#game.steer(this.#seconds);
    this.#view.scene.render();
    this.#quality.frame(engine.getDeltaTime() / 1000);
    this.#hud.setBadge(renderer, this.#teaching.device.toUpperCase(), Math.round(engine.getFps()));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#stop.abort();
    this.#teaching.dispose();
    for (const part of [this.#panel, this.#card, this.#inspector, this.#markers, this.#touch, this.#input, this.#hud])
      part.dispose();
    this.#tools.remove();
    this.#view.dispose();
    this.#minds.dispose();
  }

  #listen(): void {
    const { signal } = this.#stop;
    this.#view.scene.onBeforeRenderObservable.add(() => this.#draw());
    window.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  /** After physics, before the picture. */
  #draw(): void {
    const game = this.#game;
    game.judge(this.#seconds);
    this.#showResult();
    const { golems, referee, breath } = game;
    this.#seeing.length = golems.length;
    for (let i = 0; i < golems.length; i++) this.#seeing[i] = game.sees(golems[i]);
    const { canvas } = this.#host;
    this.#view.update(
      {
        layout: game.layout,
        thief: this.#world.thief,
        sprinting: breath.sprinting,
        golems,
        seeing: this.#seeing,
        pieces: referee.pieces,
        carrying: referee.carried >= 0,
        caught: referee.outcome === "caught",
        overview: game.phase === "demo",
        selected: this.#inspector.selected,
      },
      this.#seconds,
      canvas.clientWidth / Math.max(1, canvas.clientHeight),
    );
    const { pieces, secondsLeft, score } = referee;
    this.#hud.update({ pieces, secondsLeft, score, breath: breath.left, spent: breath.spent });
    this.#markers.update(this.#view.scene, canvas, game.phase === "play" ? golems : [], this.#seeing);
    this.#inspector.update(
      this.#seeing[this.#inspector.selected] ?? false,
      this.#minds.label(this.#mind).toLowerCase(),
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "Escape") {
      if (this.#inspector.selected >= 0) this.#inspector.select(-1);
      else if (this.#panel.isOpen) this.#panel.close();
      else if (this.#game.phase === "play") this.#leave();
    }
    const onControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement;
    if (onControl || this.#game.phase === "play") return;
    if (event.code === "Enter" || event.code === "KeyR") this.play();
  }

  /** Gives the present game up and shows the start again. */
  #leave(): void {
    this.#game.begin("demo");
    this.#card.showStart(this.#choices());
    this.#arrange();
  }

  #tap(x: number, y: number): void {
    const index = pickGolem(this.#view.scene, this.#host.canvas, this.#game.golems, x, y);
    if (index >= 0 && this.#isNarrow) this.#panel.close();
    this.#inspector.select(index);
  }

  #openPanel(): void {
    this.#result = null;
    if (this.#game.phase === "over") this.#game.begin("demo");
    this.#card.hide();
    if (this.#isNarrow) this.#inspector.select(-1);
    this.#panel.open();
  }

  #tell(event: YardEvent): void {
    const { phase, referee } = this.#game;
    const { thief } = this.#world;
    if (event.kind === "caught") {
      this.#view.shake(phase === "over" ? 1 : 0.4);
      this.#view.spark(thief, PALETTE.chasing);
    }
    if (event.kind === "picked" || event.kind === "carriedOut") this.#view.spark(thief, PALETTE.gem);
    if (phase === "demo") return;
    if (event.kind === "picked") this.#hud.say("A gem! To the gate.", "good");
    if (event.kind === "carriedOut" && event.piecesLeft > 0) {
      this.#hud.say(event.piecesLeft === 1 ? "One more." : `${event.piecesLeft} more.`, "good");
    }
    const { outcome, score, elapsed, piecesOut } = referee;
    if (phase !== "over" || outcome === "playing") return;
    this.#result = { outcome, score, best: noteScore(score), gems: piecesOut, seconds: elapsed };
    this.#arrange();
  }

  /** Shows how the player's game went, once there was time to see it. */
  #showResult(): void {
    if (!this.#result || this.#game.secondsSinceEnd < RESULT_AFTER) return;
    this.#card.showResult(this.#result, this.#choices());
    this.#result = null;
    this.#arrange();
  }

  #chooseMind(id: MindId): void {
    this.#chosen = id === "live" ? this.#chosen : id;
    this.#setMind(id);
  }

  #setMind(id: MindId): void {
    const policy = this.#minds.policy(id);
    if (!policy) return;
    try {
      this.#world.setMind(policy);
      this.#mind = id;
    } catch (problem) {
      this.#hud.say(problem instanceof Error ? problem.message : String(problem), "bad");
    }
    this.#refreshChoices();
  }

  #chooseGolems(count: number): void {
    this.#game.golemCount = count;
    if (this.#game.phase === "demo") this.#game.begin("demo");
    this.#refreshChoices();
  }

  /** A new policy has come in: the object is the one that the golems have already, so only its arrival is shown. */
  #learned(policy: Parameters<Minds["setLive"]>[0]): void {
    const first = this.#minds.policy("live") !== policy;
    this.#minds.setLive(policy);
    if (!policy) this.#setMind(this.#chosen);
    else if (first) this.#setMind("live");
    if (policy && this.#mind === "live") this.#view.pulse();
    if (first) this.#refreshChoices();
  }

  async #keep(data: Parameters<Minds["keep"]>[0]): Promise<void> {
    await this.#minds.keep(data);
    this.#chosen = "kept";
    if (this.#mind === "kept") this.#setMind("kept");
    this.#refreshChoices();
  }

  #choices(): RoundChoices {
    return { minds: this.#minds.choices(), mind: this.#mind, golems: this.#game.golemCount };
  }

  #refreshChoices(): void {
    const choices = this.#choices();
    this.#card.setChoices(choices);
    this.#panel.setMinds(choices.minds, choices.mind);
  }

  /** Shows what belongs to the present state of things. */
  resize(): void {
    this.#arrange();
  }

  /** Whether panels are sheets that hide the lower part of the picture, as in the style sheets. */
  get #isNarrow(): boolean {
    return this.#host.canvas.clientWidth <= 640;
  }

  #arrange(): void {
    const playing = this.#game.phase === "play";
    const cardOpen = this.#card.isOpen;
    this.#hud.show(!cardOpen, this.#game.phase !== "demo");
    this.#playButton.hidden = cardOpen || this.#game.phase !== "demo";
    const panel = this.#panel.isOpen ? this.#panel.root : this.#inspector.card;
    this.#touch.show(playing && (panel === null || !this.#isNarrow));
    this.#view.rig.setHidden(hiddenBy(panel, this.#host.canvas));
  }
}
