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
    `,
  ];
  declare studio: Studio;

  constructor() {
    super();
    new Listening(this, () => [this.studio.onSelectObservable]);
  }

  override render(): TemplateResult {
    const { selected } = this.studio;
    return html`<bns-scene-tree .studio=${this.studio}></bns-scene-tree>
      <section aria-label="Selected entity">${selected ? this.#node(selected) : this.#nothing()}</section>`;
  }

  #nothing(): TemplateResult {
    return html`<div class="empty">
      ${icon("pick", 32)}<strong>Which entity shall learn?</strong>
      <p>Click it in the scene, or choose it in the tree above.</p>
    </div>`;
  }

  #node(node: TransformNode): TemplateResult {
    return html`<h2>${node.name}</h2>`;
  }
}
