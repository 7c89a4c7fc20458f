import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { CloningProgress } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { Holding } from "../looks/holding.ts";
import { Listening } from "../looks/listening.ts";
import { progressBar } from "../looks/progress-bar.ts";
import type { Agent } from "../model/agents.ts";
import { Demonstrating } from "../model/demonstrating.ts";
import { shortNumber } from "../model/short-number.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** Showing an agent what to do: a person plays it by keys, and it learns that by heart. */
export class DemonstrationsTab extends LitElement {
  static override properties = { studio: { attribute: false } };
  static override styles = [
    controls,
    progressBar,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 14px;
      }
      ul {
        max-height: 200px;
        margin: 6px 0 0;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      .key {
        min-width: max(30px, var(--touch));
        padding: 0 6px;
        border-bottom-width: 2px;
        border-color: var(--line-strong);
        font-weight: 600;
        touch-action: none;
        user-select: none;
      }
      .key:active {
        background: var(--accent-soft);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: center;
        gap: 6px 12px;
        margin: 0;
      }
      dt {
        display: flex;
        gap: 4px;
      }
      dd {
        margin: 0;
      }
    `,
  ];
  declare studio: Studio;
  readonly #showing = new Holding(
    this,
    () => this.#agent()?.controller ?? null,
    () => new Demonstrating(this.studio, this.#agent()!),
  );

  constructor() {
    super();
    new Listening(this, () => [this.studio.onSelectObservable, this.studio.agents.onChangeObservable]);
  }

  override render(): TemplateResult {
    const showing = this.#showing.held;
    if (!showing) {
      return html`<div class="empty">
        ${icon("demonstrations", 32)}<strong>Whom shall you show?</strong>
        <p>Select an agent with senses and moves. Then play it yourself, and it learns from you.</p>
        <button class="main" @click=${() => this.studio.setState({ tab: "scene" })}>Choose an entity</button>
      </div>`;
    }
    const { recorder, player, agent, refusal } = showing;
    const title = html`<div class="row">
      ${icon("agent", 20)}
      <h2 class="grow cut">Show “${agent.name}” how</h2>
    </div>`;
    if (refusal) {
      return html`${title}
        <p class="problem" data-test="refusal">${icon("doubt", 16)}<span>${messageOf(refusal)}</span></p>`;
    }
    return html`
      ${title} ${player ? this.#playing(showing) : this.#resting(showing)}
      ${
        recorder
          ? html`<section aria-label="Episodes">
              <h3>Shown so far</h3>
              ${
                recorder.episodes.length === 0
                  ? html`<p class="soft small">Nothing yet. Twenty short episodes are a good beginning.</p>`
                  : html`<ul>
                      ${recorder.episodes.map(
                        (episode) =>
                          html`<li>
                            <bns-episode-row
                              .studio=${this.studio}
                              .recorder=${recorder}
                              .episode=${episode}
                            ></bns-episode-row>
                          </li>`,
                      )}
                    </ul>`
              }
            </section>`
          : html`<p class="soft">Reading what was shown before…</p>`
      }
    `;
  }

  #playing(showing: Demonstrating): TemplateResult {
    return html`<dl aria-label="Keys">
        ${showing.player?.legend.map(
          ({ keys, what }) =>
            html`<dt>${keys.map(({ code, name }) => this.#key(code, name, showing))}</dt>
              <dd>${what}</dd>`,
        )}
      </dl>
      <div class="row wrap">
        <button class="main grow" @click=${() => showing.stop()}>${icon("stop", 14)} Stop</button>
        <button class="grow" @click=${() => showing.endEpisode()}>End this episode</button>
      </div>`;
  }

  /** A key that can be held by a finger too. */
  #key(code: string, name: string, { player }: Demonstrating): TemplateResult {
    const hold = (event: PointerEvent): void => {
      (event.target as HTMLElement).setPointerCapture(event.pointerId);
      player?.hold(code, true);
    };
    const letGo = (): void => player?.hold(code, false);
    return html`<button
      class="key"
      tabindex="-1"
      @pointerdown=${hold}
      @pointerup=${letGo}
      @pointercancel=${letGo}
      @lostpointercapture=${letGo}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${name}
    </button>`;
  }

  #resting(showing: Demonstrating): TemplateResult {
    const { recorder, progress } = showing;
    const count = recorder?.episodes.length ?? 0;
    if (showing.isCloning) {
      return html`<progress
          max=${progress?.epochs ?? 1}
          .value=${progress?.epoch ?? 0}
          aria-label="Learning by heart"
        ></progress>
        <p class="small soft" role="status">${describeProgress(progress)}</p>
        <button @click=${() => showing.cancel()}>Cancel</button>`;
    }
    return html`<div class="row wrap">
        <button class="main grow" ?disabled=${!recorder} @click=${() => this.studio.attempt(() => showing.play())}>
          ${icon("record", 16)} Play and record
        </button>
        ${
          showing.canClone
            ? html`<button class="grow" ?disabled=${count === 0} @click=${() => this.#clone(showing)}>
                Learn from it
              </button>`
            : nothing
        }
        ${
          count > 0
            ? html`<button class="danger" @click=${() => recorder?.removeLast()}>Remove the last</button>`
            : nothing
        }
      </div>
      ${showing.canClone ? nothing : html`<div><bns-worker-help what="Learning from it"></bns-worker-help></div>`}`;
  }

  #clone(showing: Demonstrating): void {
    showing.clone().catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === "AbortError")) this.studio.say(messageOf(error), "bad");
    });
  }

  #agent(): Agent | null {
    const { selected, agents } = this.studio;
    const own = selected ? agents.of(selected) : agents.all();
    return own.find(({ controller }) => controller) ?? null;
  }
}

function describeProgress(progress: CloningProgress | null): string {
  if (!progress) return "The worker is getting ready…";
  const { epoch, epochs, validationLoss } = progress;
  return `Pass ${epoch} of at most ${epochs}. It misses what was set aside to test it by ${shortNumber(validationLoss)}.`;
}
