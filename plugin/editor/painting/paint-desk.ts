import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import { LitElement, html, nothing, type TemplateResult } from "lit";
import type { FormField } from "../../index.ts";
import type { FieldChange } from "../elements/part-field.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { progressBar } from "../looks/progress-bar.ts";
import { icon } from "../pictures/icon.ts";
import { FileDrop } from "./file-drop.ts";
import { colourOf, hexOf } from "./hex-colour.ts";
import { PAINT_KEYS } from "./paint-keys.ts";
import { PaintShortcuts } from "./paint-shortcuts.ts";
import { paintDeskStyle } from "./paint-desk-style.ts";
import { paintFields } from "./paint-fields.ts";
import {
  ATTRIBUTE_FIELDS,
  COLOUR_FIELDS,
  isPaintable,
  shownAttribute,
  storedAttribute,
  TILE_FIELDS,
  type PaintWish,
} from "./paint-wish.ts";
import type { Painting } from "./painting.ts";

const MOST_SEED = 0xffffffff;

/** Everything that is painted with: a class or a picture, sliders, seed and size, the work under way, and the last materials. */
export class PaintDesk extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = [controls, progressBar, paintFields, paintDeskStyle];
  declare painting: Painting;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable, this.painting.kept.onChangeObservable]);
    new PaintShortcuts(this, () => this.painting);
    new FileDrop(this, {
      takeFiles: (files) => void this.painting.takeFiles(files),
      takeText: (text) => void this.painting.takeRecipe(text),
    });
  }

  override render(): TemplateResult {
    const { mesh, wish, kept } = this.painting;
    if (!mesh) return this.#nobody();
    return html`
      <div class="row">
        ${icon("paint", 20)}
        <h2 class="grow cut">Paint “${mesh.name}”</h2>
        ${this.#keep()}
        <bns-export-menu .painting=${this.painting}></bns-export-menu>
      </div>
      ${this.#doubts(mesh)}
      ${
        this.painting.rack.shown.length > 0
          ? html`<bns-material-strip .painting=${this.painting}></bns-material-strip>`
          : nothing
      }
      ${
        kept.shown.length > 0 || kept.problem
          ? html`<bns-kept-list .painting=${this.painting}></bns-kept-list>`
          : nothing
      }
      <div class="source" role="group" aria-label="Paint from">
        ${this.#source("class", "A class")} ${this.#source("picture", "A picture")}
      </div>
      ${
        wish.source === "class" ? this.#class() : html`<bns-picture-desk .painting=${this.painting}></bns-picture-desk>`
      }
      <section class="fields" aria-label="Variation and tile">${this.#seed()} ${this.#fields(TILE_FIELDS)}</section>
      ${this.#foot()}
    `;
  }

  #keep(): TemplateResult {
    const { worn, kept } = this.painting;
    const isKept = worn !== null && kept.has(worn);
    return html`<button
      title=${`Keep it in this browser (${PAINT_KEYS.keep})`}
      aria-keyshortcuts=${PAINT_KEYS.keep}
      aria-pressed=${isKept}
      data-test="keep"
      ?disabled=${!worn}
      @click=${() => void this.painting.keep()}
    >
      ${icon("keep", 16)} ${isKept ? "Kept" : "Keep"}
    </button>`;
  }

  #nobody(): TemplateResult {
    return html`<div class="empty">
      ${icon("paint", 32)}<strong>What shall be painted?</strong>
      <p>Click a mesh in the scene, or choose it in the tree.</p>
      <button class="main" @click=${() => this.painting.studio.setState({ tab: "scene" })}>Choose a mesh</button>
    </div>`;
  }

  #doubts(mesh: AbstractMesh): TemplateResult | typeof nothing {
    if (mesh.isVerticesDataPresent("uv")) return nothing;
    return html`<p class="problem doubt small">
      “${mesh.name}” has no texture coordinates, so it will have one colour. Give it some where it was made.
    </p>`;
  }

  #source(source: PaintWish["source"], title: string): TemplateResult {
    return html`<button
      aria-pressed=${this.painting.wish.source === source}
      @click=${() => this.painting.turnTo(source)}
    >
      ${title}
    </button>`;
  }

  #class(): TemplateResult {
    const { wish, tools } = this.painting;
    const set = (change: Partial<PaintWish["attributes"]>): void =>
      this.painting.change({ attributes: { ...wish.attributes, ...change } });
    return html`<bns-class-grid .painting=${this.painting}></bns-class-grid>
      <div class="row">
        <h3 class="grow">Attributes</h3>
        <button
          class="quiet"
          title="As the class comes"
          data-test="reset-look"
          @click=${() => this.painting.chooseClass(wish.material)}
        >
          ${icon("reset", 16)} Reset
        </button>
      </div>
      <section class="fields" aria-label="Attributes">
        ${ATTRIBUTE_FIELDS.map((field) =>
          this.#field(field, shownAttribute(field.name, wish.attributes[field.name]), (value) =>
            set({ [field.name]: storedAttribute(field.name, value as number) }),
          ),
        )}
        <div class="colours">
          ${COLOUR_FIELDS.map(
            ([name, title]) =>
              html`<label>
                <input
                  type="color"
                  .value=${hexOf(wish.attributes[name], tools)}
                  @input=${(event: Event) => set({ [name]: colourOf((event.target as HTMLInputElement).value, tools) })}
                />
                ${title}
              </label>`,
          )}
        </div>
      </section>`;
  }

  #seed(): TemplateResult {
    const { seed, isSeedLocked } = this.painting.wish;
    const lock = isSeedLocked ? "Let the seed change with the class" : "Keep the seed when the class changes";
    const change = (event: Event): void => {
      const number = (event.target as HTMLInputElement).valueAsNumber;
      if (Number.isInteger(number) && number >= 0 && number <= MOST_SEED) this.painting.change({ seed: number });
      else this.requestUpdate();
    };
    return html`<div class="seed">
      <label for="seed">Seed</label>
      <div class="row">
        <input
          id="seed"
          class="grow"
          type="number"
          min="0"
          max=${MOST_SEED}
          step="1"
          .value=${String(seed)}
          @change=${change}
        />
        <button
          class="icon"
          aria-label="Another seed"
          title=${`Another seed (${PAINT_KEYS.rollSeed})`}
          aria-keyshortcuts=${PAINT_KEYS.rollSeed}
          @click=${() => this.painting.rollSeed()}
        >
          ${icon("dice")}
        </button>
        <button
          class="icon"
          aria-label="Lock the seed"
          title=${lock}
          aria-pressed=${isSeedLocked}
          @click=${() => this.painting.change({ isSeedLocked: !isSeedLocked })}
        >
          ${icon(isSeedLocked ? "lock" : "unlock")}
        </button>
      </div>
    </div>`;
  }

  /** Fields whose name is that of what they set. */
  #fields(fields: readonly FormField[]): TemplateResult[] {
    const { wish } = this.painting;
    return fields.map((field) => {
      if (field.name === "size") {
        return this.#field(field, String(wish.size), (to) => this.painting.change({ size: Number(to) }));
      }
      const value = wish[field.name as keyof PaintWish];
      return this.#field(field, value, (to) => this.painting.change({ [field.name]: to }));
    });
  }

  #field(field: FormField, value: unknown, set: (value: unknown) => void): TemplateResult {
    return html`<bns-part-field
      data-field=${field.name}
      .studio=${this.painting.studio}
      .field=${field}
      .value=${value}
      @field-change=${({ detail }: CustomEvent<FieldChange>) => {
        if (detail.value !== undefined) set(detail.value);
      }}
    ></bns-part-field>`;
  }

  #foot(): TemplateResult {
    const { painting } = this;
    const { work, hasDraft, problem, wish } = painting;
    return html`<div class="foot">
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${
        work
          ? html`<div class="row work">
              <bns-pixel-face small .face=${work.preview}></bns-pixel-face>
              <div class="grow">
                <p class="cut" role="status">${work.stage} for “${work.mesh}”…</p>
                <progress max="1" .value=${work.done} aria-label="Painted so far"></progress>
              </div>
            </div>`
          : hasDraft
            ? html`<p class="soft small" role="status">A coarse draft. Paint it to keep it.</p>`
            : nothing
      }
      <div class="row">
        <bns-compare-buttons .painting=${painting}></bns-compare-buttons>
        <button
          class="main grow"
          data-test="paint"
          title=${`Paint it on the mesh (${PAINT_KEYS.paint})`}
          aria-keyshortcuts=${PAINT_KEYS.paint}
          ?disabled=${!isPaintable(wish)}
          aria-disabled=${work !== null}
          @click=${() => {
            if (!painting.work) void painting.paint();
          }}
        >
          ${icon("paint", 16)} Paint
        </button>
        <button aria-disabled=${!work && !hasDraft} aria-keyshortcuts="Escape" @click=${() => painting.cancel()}>
          Cancel
        </button>
      </div>
    </div>`;
  }
}
