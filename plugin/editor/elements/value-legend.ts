import { LitElement, css, html, unsafeCSS, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { VALUE_GRADIENT } from "../looks/value-colours.ts";
import { shortNumber } from "../model/short-number.ts";
import type { ValueFloor } from "../model/value-floor.ts";

/** What the colours of the map on the floor mean, or why there is none. */
export class ValueLegend extends LitElement {
  static override properties = { floor: { attribute: false } };
  static override styles = [
    controls,
    css`
      i {
        flex: 1;
        height: 8px;
        border-radius: 4px;
        background: ${unsafeCSS(VALUE_GRADIENT)};
      }
    `,
  ];
  declare floor: ValueFloor;

  constructor() {
    super();
    new Listening(this, () => [this.floor.onChangeObservable]);
  }

  override render(): TemplateResult {
    const { problem, least, greatest, held } = this.floor;
    if (problem !== null) return html`<p class="soft small" role="status">${problem}</p>`;
    const same = held.length === 0 ? "" : ` The same everywhere: ${held.join(", ")}.`;
    return html`<div class="row small" title=${`As if it stood there, turned as it is now.${same}`}>
      <span class="number">${shortNumber(least)}</span><i></i><span class="number">${shortNumber(greatest)}</span>
    </div>`;
  }
}
