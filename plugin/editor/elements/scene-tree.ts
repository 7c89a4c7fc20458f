import type { Node } from "@babylonjs/core/node.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Observer } from "@babylonjs/core/Misc/observable.js";
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { listRows, type TreeRow } from "../model/scene-tree.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** The nodes of the scene, with search; arrow keys move as in any tree. */
export class SceneTree extends LitElement {
  static override properties = { studio: { attribute: false }, search: { state: true } };
  static override styles = [
    controls,
    css`
      label {
        position: relative;
        display: block;
      }
      label svg {
        position: absolute;
        inset: 7px auto auto 8px;
        color: var(--ink-soft);
      }
      input[type="search"] {
        width: 100%;
        padding-left: 32px;
      }
      ul {
        max-height: 218px;
        margin: 6px -6px 0;
        padding: 0 6px;
        overflow: auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: max(28px, var(--touch));
        padding: 2px 8px 2px calc(4px + 16px * var(--depth));
        border-radius: 6px;
        cursor: pointer;
      }
      li:hover {
        background: var(--sunken);
      }
      li[aria-selected="true"] {
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: 600;
      }
      li:focus-visible {
        outline-offset: -2px;
      }
      .twist {
        display: grid;
        place-items: center;
        width: 16px;
        height: 20px;
        color: var(--ink-soft);
      }
      [aria-expanded="true"] > .twist svg {
        transform: rotate(90deg);
      }
      @media (pointer: coarse) {
        label svg {
          top: 12px;
        }
      }
    `,
  ];
  declare studio: Studio;
  declare search: string;
  readonly #closed = new WeakSet<TransformNode>();
  #observers: Observer<never>[] = [];
  #rows: readonly TreeRow[] = [];
  #selected: TransformNode | null = null;
  /** Where the Tab key stops: what was selected since, else what had the focus last. */
  #stop: TransformNode | null = null;

  constructor() {
    super();
    this.search = "";
    new Listening(this, () => [this.studio.onSelectObservable, this.studio.history.onChangeObservable]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { scene } = this.studio;
    const changes = [
      scene.onNewMeshAddedObservable,
      scene.onMeshRemovedObservable,
      scene.onNewTransformNodeAddedObservable,
      scene.onTransformNodeRemovedObservable,
    ];
    this.#observers = changes.map((change) => change.add(() => this.requestUpdate()) as Observer<never>);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const observer of this.#observers) observer.remove();
    this.#observers = [];
  }

  override render(): TemplateResult {
    const { scene, selected } = this.studio;
    this.#rows = listRows(scene, this.search, (node) => !this.#closed.has(node));
    if (selected !== this.#selected) this.#selected = this.#stop = selected;
    const isShown = (sought: TransformNode | null): boolean => this.#rows.some(({ node }) => node === sought);
    const stop = [this.#stop, selected].find(isShown) ?? this.#rows[0]?.node;
    return html`
      <label>
        <span class="unseen">Search the scene</span>
        ${icon("search", 16)}
        <input
          type="search"
          placeholder="Search the scene"
          .value=${this.search}
          @input=${(event: InputEvent) => (this.search = (event.target as HTMLInputElement).value)}
        />
      </label>
      ${
        this.#rows.length === 0
          ? html`<p class="empty small">
              ${this.search === "" ? "The scene has no meshes yet." : `Nothing is called “${this.search}”.`}
            </p>`
          : html`<ul role="tree" aria-label="Nodes of the scene" @keydown=${this.#press}>
              ${this.#rows.map((row) => this.#row(row, selected, row.node === stop))}
            </ul>`
      }
    `;
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  #row({ node, depth, hasChildren }: TreeRow, selected: TransformNode | null, isStop: boolean): TemplateResult {
    const open = hasChildren ? String(this.search !== "" || !this.#closed.has(node)) : nothing;
    return html`<li
      role="treeitem"
      data-id=${node.id}
      style=${`--depth: ${depth}`}
      aria-level=${depth + 1}
      aria-selected=${node === selected}
      aria-expanded=${open}
      tabindex=${isStop ? 0 : -1}
      @focus=${() => this.#stopAt(node)}
      @click=${() => this.#choose(node)}
    >
      <span class="twist" @click=${(event: Event) => this.#twist(event, node)}>
        ${hasChildren ? icon("chevron", 14) : ""}
      </span>
      ${icon(hasController(node) ? "agent" : "node", 16)}
      <span class="cut grow">${node.name || "(no name)"}</span>
    </li>`;
  }

  #choose(node: TransformNode): void {
    if (!this.studio.picker.answerWith(node)) this.studio.select(node);
  }

  #stopAt(node: TransformNode): void {
    this.#stop = node;
    this.requestUpdate();
  }

  #twist(event: Event, node: TransformNode): void {
    event.stopPropagation();
    if (!this.#closed.delete(node)) this.#closed.add(node);
    this.requestUpdate();
  }

  #press(event: KeyboardEvent): void {
    const rows = this.#rows;
    const items = [...this.renderRoot.querySelectorAll<HTMLElement>("li")];
    const at = items.indexOf(event.target as HTMLElement);
    const row = rows[at];
    if (!row) return;
    const isOpen = row.hasChildren && !this.#closed.has(row.node);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
      ArrowRight: isOpen ? at + 1 : at,
      ArrowLeft: isOpen ? at : rows.findLastIndex(({ depth }, index) => index < at && depth < row.depth),
    }[event.key];
    if (event.key === "Enter" || event.key === " ") this.#choose(row.node);
    else if (to === undefined) return;
    else if (to === at && row.hasChildren) this.#twist(event, row.node);
    else items[to]?.focus();
    event.preventDefault();
  }
}

function hasController(node: Node): boolean {
  return node.behaviors.some((behavior) => "decisionsPerSecond" in behavior);
}
