import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { StoredCheckpoint } from "../model/checkpoints.ts";
import { shortNumber } from "../model/short-number.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** Moments of a lesson's runs that this browser keeps: go on from one, or forget it. */
export class CheckpointList extends LitElement {
  static override properties = {
    studio: { attribute: false },
    lesson: {},
    list: { state: true },
  };
  static override styles = [
    controls,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
    `,
  ];
  declare studio: Studio;
  /** Name of the lesson. */
  declare lesson: string;
  declare list: readonly StoredCheckpoint[] | null;

  constructor() {
    super();
    this.list = null;
    new Listening(
      this,
      () => [this.studio.teaching.checkpoints.onChangeObservable],
      () => void this.#read(),
    );
    new Listening(this, () => [this.studio.teaching.onStartObservable]);
  }

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has("lesson")) void this.#read();
  }

  override render(): TemplateResult | typeof nothing {
    const { list } = this;
    if (!list) return nothing;
    if (list.length === 0) {
      return html`<p class="small soft">
        A run that goes on keeps a moment of itself every ten seconds, and whenever it is paused or stopped.
      </p>`;
    }
    return html`<ul>
      ${list.map((each) => this.#row(each))}
    </ul>`;
  }

  #row(checkpoint: StoredCheckpoint): TemplateResult {
    const { run, made, decisions } = checkpoint;
    const { teaching } = this.studio;
    const what = `${run}, ${shortNumber(decisions)} decisions`;
    return html`<li class="row">
      <span class="grow cut">${what} <span class="small soft">${when(made)}</span></span>
      <button
        class="quiet small"
        aria-label=${`Go on from ${what}`}
        ?disabled=${teaching.isGoingOn || !this.studio.options.makeWorker}
        @click=${() => this.#try(() => teaching.goOnFrom(checkpoint))}
      >
        Go on
      </button>
      <button
        class="icon quiet"
        aria-label=${`Forget ${what}`}
        @click=${() => this.#try(() => teaching.checkpoints.remove(checkpoint))}
      >
        ${icon("remove", 16)}
      </button>
    </li>`;
  }

  #try(act: () => Promise<void>): void {
    act().catch((error: unknown) => this.studio.say(messageOf(error), "bad"));
  }

  /** Where storage is denied, there are none. */
  async #read(): Promise<void> {
    const { lesson } = this;
    const list = await this.studio.teaching.checkpoints.list(lesson).catch(() => []);
    if (lesson === this.lesson) this.list = list;
  }
}

/** The time of a moment of today, the day of an earlier one. */
function when(made: Date): string {
  const isToday = made.toDateString() === new Date().toDateString();
  return isToday ? made.toLocaleTimeString([], { timeStyle: "short" }) : made.toLocaleDateString();
}
