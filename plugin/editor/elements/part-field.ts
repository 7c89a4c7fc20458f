import { LitElement, html, nothing, type TemplateResult } from "lit";
import { initialOptions, SENSOR_FORMS, type FormField, type PartDescription } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { fieldControls } from "../looks/field-controls.ts";
import { fromShown, plainNumber, toShown } from "../model/shown-number.ts";
import { listNodes } from "../model/scene-tree.ts";
import { findNode } from "../model/find-node.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** What a `field-change` event tells. */
export interface FieldChange {
  /** As the part's options hold it; undefined leaves the option out. */
  readonly value: unknown;
  /** Whether more of the same will follow, e.g. while a slider is dragged. */
  readonly dragging: boolean;
}

type Field<T extends FormField["type"]> = Extract<FormField, { type: T }>;

const AXES = ["right", "up", "forward"] as const;
const CELLS = ["across", "along"] as const;
/** Collision groups that can be switched; the other bits stay as they are. */
const GROUPS = Array.from({ length: 16 }, (_, bit) => bit);
const SIDES = ["least x", "least z", "most x", "most z"] as const;

/** One setting of a part: its title, its control with unit, and a hint for those who ask. Tells `field-change`. */
export class PartField extends LitElement {
  static override properties = {
    studio: { attribute: false },
    field: { attribute: false },
    value: { attribute: false },
    problem: {},
    asked: { state: true },
  };
  static override styles = [controls, fieldControls];
  declare studio: Studio;
  declare field: FormField;
  /** Undefined where the option is left out. */
  declare value: unknown;
  /** What is wrong with it, or empty. */
  declare problem: string;
  declare asked: boolean;

  constructor() {
    super();
    this.problem = "";
    this.asked = false;
  }

  override render(): TemplateResult {
    const { title, hint, optional } = this.field;
    const isSet = this.value !== undefined;
    return html`
      <div class="head">
        <label for="control" id="label">${title}</label>
        <button
          class="quiet icon hint"
          aria-label=${`About ${title}`}
          aria-expanded=${this.asked}
          title=${hint}
          @click=${() => (this.asked = !this.asked)}
        >
          ${icon("question", 15)}
        </button>
        <span class="grow"></span>
        ${
          optional && isSet
            ? html`<button
                class="quiet icon hint"
                aria-label=${`Default for ${title}`}
                title="Back to the default"
                @click=${() => this.#tell(undefined)}
              >
                ${icon("reset", 15)}
              </button>`
            : nothing
        }
      </div>
      ${this.asked ? html`<p class="soft small about">${hint}</p>` : nothing} ${this.#control()}
      ${this.problem ? html`<p class="problem small" role="alert">${this.problem}</p>` : nothing}
    `;
  }

  #control(): TemplateResult {
    const { field } = this;
    switch (field.type) {
      case "number":
        return this.#number(field);
      case "flag":
        return this.#flag(field);
      case "choice":
        return this.#choice(field);
      case "text":
        return this.#text(textOf(this.value), field.optional ? field.initial : "", (text) => text);
      case "tags":
        return this.#text(listText(this.value), "e.g. wall, food", (text) => splitList(text));
      case "node":
        return this.#node(field);
      case "offset":
        return this.#numbers(AXES, this.value ?? field.initial, 0.1);
      case "area":
        return this.#area(field);
      case "choices":
        return this.#choices(field);
      case "cells":
        return this.#numbers(CELLS, this.value ?? field.initial, 2);
      case "bits":
        return this.#bits(field);
      case "sensor":
        return this.#sensor(field);
    }
  }

  #number(field: Field<"number">): TemplateResult {
    const { minimum, maximum, step, unit } = field;
    const isSet = typeof this.value === "number";
    const shown = toShown(isSet ? (this.value as number) : field.initial, unit);
    const [least, most, by] = [minimum, maximum, step].map((number) => plainNumber(toShown(number, unit)));
    const change = (event: Event, dragging: boolean): void => {
      const number = (event.target as HTMLInputElement).valueAsNumber;
      if (Number.isFinite(number)) this.#tell(fromShown(number, unit), dragging);
    };
    return html`<div class=${isSet ? "row" : "row unset"}>
      <input
        class="grow"
        type="range"
        aria-labelledby="label"
        aria-valuetext=${`${plainNumber(shown)} ${unit}`}
        min=${least}
        max=${most}
        step=${by}
        .value=${String(shown)}
        @input=${(event: Event) => change(event, true)}
        @change=${(event: Event) => change(event, false)}
      />
      <input
        id="control"
        type="number"
        step="any"
        placeholder="default"
        .value=${isSet ? plainNumber(shown) : ""}
        @change=${(event: Event) => change(event, false)}
      />
      <span class="unit soft small">${unit}</span>
    </div>`;
  }

  #flag(field: Field<"flag">): TemplateResult {
    const on = typeof this.value === "boolean" ? this.value : field.initial;
    return html`<input
      id="control"
      class="switch"
      type="checkbox"
      role="switch"
      .checked=${on}
      @change=${(event: Event) => this.#tell((event.target as HTMLInputElement).checked)}
    />`;
  }

  #choice(field: Field<"choice">): TemplateResult {
    const chosen = this.value ?? field.initial;
    return html`<select id="control" @change=${(event: Event) => this.#tell((event.target as HTMLSelectElement).value)}>
      ${field.choices.map(
        ({ value, title }) => html`<option value=${value} ?selected=${value === chosen}>${title}</option>`,
      )}
    </select>`;
  }

  #text(text: string, placeholder: string, read: (text: string) => unknown): TemplateResult {
    return html`<input
      id="control"
      type="text"
      class="wide"
      placeholder=${placeholder}
      .value=${text}
      @change=${(event: Event) => this.#tell(read((event.target as HTMLInputElement).value))}
    />`;
  }

  #node(field: Field<"node">): TemplateResult {
    const { scene, picker } = this.studio;
    const current = findNode(scene, this.value);
    const pick = async (): Promise<void> => {
      const node = await picker.askForNode(`Click “${field.title}” in the scene, or choose it in the tree.`);
      if (node) this.#tell(node.id);
    };
    return html`<div class="row">
      <select
        id="control"
        class="grow"
        @change=${(event: Event) => this.#tell((event.target as HTMLSelectElement).value || undefined)}
      >
        <option value="" ?selected=${!current}>
          ${this.value === undefined ? "Nothing yet" : `Missing: ${textOf(this.value)}`}
        </option>
        ${listNodes(scene).map(
          (node) => html`<option value=${node.id} ?selected=${node === current}>${node.name || node.id}</option>`,
        )}
      </select>
      <button class="icon" aria-label=${`Pick ${field.title} in the scene`} title="Pick in the scene" @click=${pick}>
        ${icon("pick")}
      </button>
    </div>`;
  }

  #area(field: Field<"area">): TemplateResult {
    const draw = async (): Promise<void> => {
      const area = await this.studio.picker.askForArea("Drag a rectangle over the ground.");
      if (area) this.#tell(area);
    };
    return html`${this.#numbers(SIDES, this.value ?? field.initial, 0.5)}
      <button class="draw" @click=${draw}>${icon("pick", 16)} Draw it in the scene</button>`;
  }

  #choices(field: Field<"choices">): TemplateResult {
    const chosen = (this.value ?? field.initial) as readonly string[];
    const toggle = (value: string): void => {
      const others = chosen.filter((each) => each !== value);
      if (chosen.includes(value) && others.length === 0) return;
      this.#tell(others.length < chosen.length ? others : [...chosen, value]);
    };
    return html`<div class="row wrap" role="group" aria-labelledby="label">
      ${field.choices.map(
        ({ value, title }) =>
          html`<button aria-pressed=${chosen.includes(value)} @click=${() => toggle(value)}>${title}</button>`,
      )}
    </div>`;
  }

  #bits(field: Field<"bits">): TemplateResult {
    const bits = typeof this.value === "number" ? this.value : field.initial;
    return html`<div class="bits" role="group" aria-labelledby="label">
      ${GROUPS.map(
        (bit) =>
          html`<button
            aria-label=${`Group ${bit}`}
            aria-pressed=${((bits >>> bit) & 1) === 1}
            @click=${() => this.#tell(bits ^ (1 << bit))}
          >
            ${bit}
          </button>`,
      )}
    </div>`;
  }

  #sensor(field: Field<"sensor">): TemplateResult {
    const { kind, options = {} } = (this.value ?? field.initial) as PartDescription;
    const forms = SENSOR_FORMS.filter((form) => form.kind !== "stacked");
    const change = (to: string): void => {
      const form = forms.find((each) => each.kind === to)!;
      this.#tell({ kind: to, options: initialOptions(form) });
    };
    return html`<select id="control" @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
        ${forms.map((form) => html`<option value=${form.kind} ?selected=${form.kind === kind}>${form.title}</option>`)}
      </select>
      ${(forms.find((form) => form.kind === kind)?.fields ?? []).map(
        (inner) =>
          html`<bns-part-field
            .studio=${this.studio}
            .field=${inner}
            .value=${options[inner.name]}
            @field-change=${({ detail }: CustomEvent<FieldChange>) => {
              const { [inner.name]: _old, ...rest } = options;
              const given = detail.value === undefined ? rest : { ...rest, [inner.name]: detail.value };
              this.#tell({ kind, options: given }, detail.dragging);
            }}
          ></bns-part-field>`,
      )}`;
  }

  #numbers(names: readonly string[], value: unknown, step: number): TemplateResult {
    const numbers = names.map((_, index) => Number((value as readonly unknown[])[index]) || 0);
    const change = (event: Event, at: number): void => {
      const number = (event.target as HTMLInputElement).valueAsNumber;
      if (Number.isFinite(number)) this.#tell(numbers.map((old, index) => (index === at ? number : old)));
    };
    return html`<div class="numbers" role="group" aria-labelledby="label">
      ${names.map(
        (name, index) =>
          html`<label class="small soft"
            >${name}
            <input
              id=${index === 0 ? "control" : nothing}
              type="number"
              step=${step}
              .value=${plainNumber(numbers[index])}
              @change=${(event: Event) => change(event, index)}
          /></label>`,
      )}
    </div>`;
  }

  #tell(value: unknown, dragging = false): void {
    this.dispatchEvent(new CustomEvent<FieldChange>("field-change", { detail: { value, dragging } }));
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}

function listText(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : "";
}

function splitList(text: string): string[] {
  const words = text.split(",").map((word) => word.trim());
  return words.filter((word, index) => word !== "" && words.indexOf(word) === index);
}
