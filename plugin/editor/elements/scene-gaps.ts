import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { LessonPlan, Unpackable } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { shortNumber, shortTime } from "../model/short-number.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** What of a scene the workers' copy lacks, in words, and the way to teach in the scene itself. Tells `teach-here`. */
export class SceneGaps extends LitElement {
  static override properties = {
    studio: { attribute: false },
    plan: {
      attribute: false,
      // Lessons are read anew from the scene each time.
      hasChanged: (to: unknown, from: unknown) => JSON.stringify(to) !== JSON.stringify(from),
    },
  };
  static override styles = [
    controls,
    css`
      summary {
        cursor: pointer;
        padding: 4px 0;
        font-weight: 600;
      }
      summary.doubt {
        color: var(--warn);
      }
      ul {
        margin: 4px 0;
        padding-left: 18px;
      }
    `,
  ];
  declare studio: Studio;
  declare plan: LessonPlan;
  #gaps: readonly Unpackable[] = [];
  #isCode = false;

  /** Packing a scene is work: once for each lesson that is shown. */
  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has("plan")) return;
    this.#isCode = !this.studio.lessons.controllerOf(this.plan);
    this.#gaps = [];
    this.studio.attempt(() => (this.#gaps = this.studio.teaching.gapsOf(this.plan)));
  }

  override render(): TemplateResult | typeof nothing {
    const { decisions } = this.studio.teaching.values as { readonly decisions?: number };
    const controller = this.studio.lessons.agentOf(this.plan)?.controller;
    if (!controller || decisions === undefined) return nothing;
    const lacks = this.#gaps.length + Number(this.#isCode);
    const took = shortTime(decisions / controller.decisionsPerSecond);
    return html`<details ?open=${lacks > 0}>
      <summary class=${lacks > 0 ? "doubt" : "soft"}>
        ${lacks > 0 ? "Not all of this scene can be taught in workers" : "Teach in this scene instead"}
      </summary>
      <div class="stack small">
        ${
          lacks === 0
            ? html`<p class="soft">Workers learn from a copy of the scene, which has all that matters here.</p>`
            : html`<ul>
                ${this.#isCode ? html`<li>“${controller.name}” was made by code, which stays on the page.</li>` : nothing}
                ${this.#gaps.map(({ node, what, why }) => html`<li>“${node}” has ${what}: ${why}.</li>`)}
              </ul>`
        }
        <p class="soft">
          In the scene itself everything counts, at real time: ${shortNumber(decisions)} decisions take ${took}. Choose
          fewer below for a first look.
        </p>
        <button @click=${() => this.dispatchEvent(new CustomEvent("teach-here"))}>
          ${icon("scene", 16)} Teach in the scene
        </button>
      </div>
    </details>`;
  }
}
