import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { NeuralController } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { Holding } from "../looks/holding.ts";
import { Listening } from "../looks/listening.ts";
import { Insight } from "../model/insight.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** Looks into the selected agent: what it senses, does and expects, its network, why, and its last 30 seconds. */
export class UnderstandTab extends LitElement {
  static override properties = { studio: { attribute: false } };
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 310px), 1fr));
        align-items: start;
        gap: 16px 32px;
      }
      .row,
      p {
        grid-column: 1 / -1;
      }
      .check {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: max(28px, var(--touch));
      }
      h3 {
        margin-bottom: 6px;
      }
      .why {
        margin-top: 6px;
      }
    `,
  ];
  declare studio: Studio;
  readonly #insight = new Holding(
    this,
    () => this.#controller(),
    (controller) => new Insight(this.studio, controller),
  );

  constructor() {
    super();
    new Listening(this, () => [this.studio.onSelectObservable, this.studio.agents.onChangeObservable]);
  }

  override render(): TemplateResult {
    const insight = this.#insight.held;
    if (!insight) return this.#nobody();
    const { controller } = insight;
    return html`
      <div class="row">
        ${icon("agent", 20)}
        <h2 class="grow cut">${controller.name}</h2>
        <span class="tag">${controller.attachedNode?.name ?? ""}</span>
      </div>
      ${
        controller.policy || controller.heuristic
          ? nothing
          : html`<p class="soft">
              It has not learned anything yet, so it does not decide. Teach it, or give it a policy.
            </p>`
      }
      <section aria-label="Timeline">
        <h3>Last 30 seconds</h3>
        <bns-timeline-bar .insight=${insight}></bns-timeline-bar>
      </section>
      ${
        insight.view
          ? html`<section aria-label="What it does">
                <h3>
                  What it does
                  ${insight.saliency ? html`<span class="soft small">click one to ask why</span>` : nothing}
                </h3>
                <bns-outcome-list .insight=${insight}></bns-outcome-list>
                ${insight.saliency ? nothing : whyNot(insight)}
              </section>
              <section aria-label="What it expects">
                <h3>What it expects to win</h3>
                <bns-value-line .insight=${insight}></bns-value-line>
                ${this.#floor(insight)}
              </section>
              <section aria-label="Its network">
                <h3>Its network</h3>
                <bns-network-drawing .insight=${insight}></bns-network-drawing>
              </section>`
          : nothing
      }
      <section aria-label="What it senses">
        <h3>What it senses</h3>
        <bns-observation-list .insight=${insight}></bns-observation-list>
      </section>
    `;
  }

  #floor(insight: Insight): TemplateResult {
    const { floor } = insight;
    const toggle = (event: Event): void => {
      const { checked } = event.target as HTMLInputElement;
      this.studio.attempt(() => insight.showFloor(checked));
    };
    return html`<label class="check">
        <input type="checkbox" data-test="floor" .checked=${floor !== null} @change=${toggle} />
        Show it all over the floor
      </label>
      ${floor ? html`<bns-value-legend .floor=${floor}></bns-value-legend>` : nothing}`;
  }

  #nobody(): TemplateResult {
    const live = this.studio.agents.live();
    return html`<div class="empty">
      ${icon("understand", 32)}<strong>Whose mind shall it be?</strong>
      <p>
        ${live.length === 0 ? "No entity of this scene has a controller yet." : "Click an agent in the scene, or choose one:"}
      </p>
      ${
        live.length === 0
          ? html`<button class="main" @click=${() => this.studio.setState({ tab: "scene" })}>Add one</button>`
          : live
              .slice(0, 8)
              .map(
                (controller) =>
                  html`<button @click=${() => this.studio.select(controller.attachedNode)}>${controller.name}</button>`,
              )
      }
    </div>`;
  }

  #controller(): NeuralController | null {
    const { selected, agents } = this.studio;
    const own = selected ? agents.of(selected).find(({ controller }) => controller)?.controller : null;
    const live = agents.live();
    return own ?? (selected === null && live.length === 1 ? live[0] : null);
  }
}

/** Why "why?" has no answer. */
function whyNot({ controller }: Insight): TemplateResult | typeof nothing {
  const picture = controller.role.observation.parts.find(({ kind }) => kind === "image");
  if (picture?.kind !== "image") return nothing;
  return html`<p class="soft small why" data-test="why-not">
    Why it does so cannot be told: it sees the picture “${picture.label}”, and only numbers can be weighed so far.
  </p>`;
}
