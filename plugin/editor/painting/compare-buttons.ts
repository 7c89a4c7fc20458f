import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import { PAINT_KEYS } from "./paint-keys.ts";
import type { Painting } from "./painting.ts";

/** Ways to see the material before: as long as a button is held, or beside the present one. They end when this leaves the page. */
export class CompareButtons extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        gap: var(--gap);
      }
      .hold {
        touch-action: none;
      }
    `,
  ];
  declare painting: Painting;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.painting.comparison.end();
  }

  override render(): TemplateResult {
    const { painting } = this;
    const { comparison } = painting;
    const hold = (held: boolean) => (): void => comparison.hold(held);
    return html`<button
        class="icon hold"
        aria-label="Hold to see the material before"
        title=${`Hold to see the material before (${PAINT_KEYS.holdEarlier})`}
        aria-keyshortcuts=${PAINT_KEYS.holdEarlier}
        aria-pressed=${comparison.isHeld}
        ?disabled=${!comparison.isPossible}
        @pointerdown=${hold(true)}
        @pointerup=${hold(false)}
        @pointercancel=${hold(false)}
        @pointerleave=${hold(false)}
        @blur=${hold(false)}
        @keydown=${(event: KeyboardEvent) => this.#pressHold(event, true)}
        @keyup=${(event: KeyboardEvent) => this.#pressHold(event, false)}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${icon("compare")}
      </button>
      <button
        class="icon"
        aria-label="Before and after, divided by a line"
        title=${`Before and after, divided by a line (${PAINT_KEYS.toggleSplit})`}
        aria-keyshortcuts=${PAINT_KEYS.toggleSplit}
        aria-pressed=${comparison.isSplit}
        ?disabled=${!comparison.isPossible}
        @click=${() => comparison.split(!comparison.isSplit)}
      >
        ${icon("split")}
      </button>
      ${comparison.isSplit ? html`<bns-split-line ?held=${comparison.isHeld} .painting=${painting}></bns-split-line>` : nothing}`;
  }

  #pressHold(event: KeyboardEvent, held: boolean): void {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    this.painting.comparison.hold(held);
  }
}
