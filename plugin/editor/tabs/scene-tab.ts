import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** The scene: a tree of its nodes, and what the selected one senses and does. */
export class SceneTab extends LitElement {
  static override properties = { studio: { attribute: false } };
  static override styles = [
    controls,
    css`
      section {
        margin-top: 14px;
        padding-top: 14px;
        border-top: 1px solid var(--line);
      }
      .top {
        margin-bottom: 12px;
      }
    `,
  ];
  declare studio: Studio;

  constructor() {
    super();
    new Listening(this, () => [
      this.studio.onSelectObservable,
      this.studio.agents.onChangeObservable,
      this.studio.history.onChangeObservable,
    ]);
  }

  override render(): TemplateResult {
    const { selected } = this.studio;
    const { showsAll } = this.studio;
    const count = this.studio.agents.live().length;
    return html`<bns-scene-tree .studio=${this.studio}></bns-scene-tree>
      ${
        count > 1
          ? html`<button
              class="quiet small"
              aria-pressed=${showsAll}
              @click=${() => (this.studio.showsAll = !showsAll)}
            >
              ${icon("understand", 14)} Draw what all ${count} sense
            </button>`
          : ""
      }
      <section aria-label="Selected entity">${selected ? this.#node(selected) : this.#nothing()}</section>`;
  }

  #nothing(): TemplateResult {
    return html`<div class="empty">
      ${icon("pick", 32)}<strong>Which entity shall learn?</strong>
      <p>Click it in the scene, or choose it in the tree above.</p>
    </div>`;
  }

  #node(node: TransformNode): TemplateResult {
    const agents = this.studio.agents.of(node);
    const add = (): void => void this.studio.attempt(() => this.studio.agents.add(node));
    if (agents.length === 0) {
      return html`<div class="empty">
        ${icon("agent", 32)}<strong>“${node.name}” has no mind yet</strong>
        <p>Give it senses and ways to move; then it can be taught.</p>
        <button class="main" @click=${add}>${icon("add", 16)} Add neural controller</button>
      </div>`;
    }
    return html`<div class="row top">
        ${icon("agent", 20)}
        <h2 class="cut grow">${node.name}</h2>
        <span class="tag">${node.getClassName()}</span>
      </div>
      <div class="stack">
        ${agents.map((agent) => html`<bns-agent-card .studio=${this.studio} .agent=${agent}></bns-agent-card>`)}
        <button class="quiet small" @click=${add}>${icon("add", 14)} Another controller</button>
      </div>`;
  }
}
