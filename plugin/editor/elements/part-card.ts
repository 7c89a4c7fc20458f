import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { FormField, PartForm, PartOptions } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { partPictureStyle } from "../looks/part-picture-style.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";
import { partPicture } from "../pictures/part-picture.ts";
import type { FieldChange } from "./part-field.ts";

/** What a `part-change` event tells. */
export interface PartChange {
  /** All options as they are to be. */
  readonly options: PartOptions;
  /** The field that was changed. */
  readonly field: FormField;
  readonly dragging: boolean;
}

/** A part that was chosen from a palette: folded to one line, or open with all its settings. */
export class PartCard extends LitElement {
  static override properties = {
    studio: { attribute: false },
    form: { attribute: false },
    kind: {},
    options: { attribute: false },
    summary: {},
    problems: { attribute: false },
    extra: { attribute: false },
    open: { type: Boolean, reflect: true },
    more: { state: true },
  };
  static override styles = [
    controls,
    partPictureStyle,
    css`
      :host {
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--raised);
      }
      .top {
        display: flex;
        align-items: center;
        padding-right: 4px;
      }
      .fold {
        flex: 1;
        justify-content: start;
        gap: 10px;
        padding: 6px;
        border: 0;
        background: none;
        text-align: left;
        min-width: 0;
        border-radius: 10px;
      }
      .fold > svg:last-child {
        color: var(--ink-soft);
      }
      :host([open]) .fold > svg:last-child {
        transform: rotate(90deg);
      }
      .words {
        display: block;
      }
      .words > * {
        display: block;
      }
      strong {
        font-weight: 600;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
        gap: 10px 20px;
        padding: 8px 12px 12px;
        border-top: 1px solid var(--line);
      }
      .wide {
        grid-column: 1 / -1;
      }
      .more {
        justify-self: start;
        color: var(--accent);
      }
      .problem {
        margin: 0 8px 8px;
      }
    `,
  ];
  declare studio: Studio;
  /** Undefined where the part's kind is not built in. */
  declare form: PartForm | undefined;
  declare kind: string;
  declare options: PartOptions;
  /** One line that says what it gives, e.g. its labels. */
  declare summary: string;
  /** What is wrong with it as a whole. */
  declare problems: readonly string[];
  /** Controls besides the form's own, shown first. */
  declare extra: TemplateResult | null;
  declare open: boolean;
  declare more: boolean;

  constructor() {
    super();
    this.open = this.more = false;
    this.options = {};
    this.summary = "";
    this.problems = [];
    this.extra = null;
  }

  override render(): TemplateResult {
    const title = this.form?.title ?? this.kind;
    return html`
      <div class="top">
        <button class="fold" aria-expanded=${this.open} @click=${() => (this.open = !this.open)}>
          ${partPicture(this.kind, 44)}
          <span class="words grow">
            <strong class="cut">${title}</strong>
            <span class="soft small cut" title=${this.summary}>${this.summary}</span>
          </span>
          ${icon("chevron", 16)}
        </button>
        <button
          class="icon quiet"
          aria-label=${`Remove ${title}`}
          title="Remove"
          @click=${() => this.dispatchEvent(new CustomEvent("part-remove"))}
        >
          ${icon("remove", 16)}
        </button>
      </div>
      ${this.problems.map(
        (words) => html`<p class="problem small" role="alert">${icon("doubt", 16)}<span>${words}</span></p>`,
      )}
      ${this.open ? this.#fields() : nothing}
    `;
  }

  #fields(): TemplateResult {
    if (!this.form) {
      return html`<div class="fields">
        ${this.extra}
        <p class="soft small wide">This kind has no form here; it stays as it is.</p>
      </div>`;
    }
    const first = this.form.fields.filter((field) => this.#comesFirst(field));
    const later = this.form.fields.filter((field) => !this.#comesFirst(field));
    return html`<div class="fields">
      <p class="soft small wide">${this.form.hint}</p>
      ${this.extra} ${first.map((field) => this.#field(field))}
      ${this.more ? later.map((field) => this.#field(field)) : nothing}
      ${
        later.length === 0
          ? nothing
          : html`<button
              class="quiet more small wide"
              aria-expanded=${this.more}
              @click=${() => (this.more = !this.more)}
            >
              ${this.more ? "Fewer settings" : `${later.length} more ${later.length === 1 ? "setting" : "settings"}`}
            </button>`
      }
    </div>`;
  }

  /** What must be given, and what has been given. */
  #comesFirst({ name, optional }: FormField): boolean {
    return optional !== true || this.options[name] !== undefined;
  }

  #field(field: FormField): TemplateResult {
    return html`<bns-part-field
      data-field=${field.name}
      .studio=${this.studio}
      .field=${field}
      .value=${this.options[field.name]}
      @field-change=${(event: CustomEvent<FieldChange>) => this.#change(field, event.detail)}
    ></bns-part-field>`;
  }

  #change(field: FormField, { value, dragging }: FieldChange): void {
    const { [field.name]: _old, ...rest } = this.options;
    const options: PartOptions = value === undefined ? rest : { ...this.options, [field.name]: value };
    this.dispatchEvent(new CustomEvent<PartChange>("part-change", { detail: { options, field, dragging } }));
  }
}
