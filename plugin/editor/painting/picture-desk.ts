import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { ExampleWish, PictureLight } from "../../paint.ts";
import type { FieldChange } from "../elements/part-field.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import { editGuide, editRegion, type MaskPlace } from "./edit-example.ts";
import { paintFields } from "./paint-fields.ts";
import { isEstimated, pictureFields, shownShare, storedShare } from "./paint-wish.ts";
import type { Painting } from "./painting.ts";

/** Painting from pictures: which ones, what becomes of them, what not to copy, what goes where, and from where their light comes. */
export class PictureDesk extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = [
    controls,
    paintFields,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 14px;
      }
    `,
  ];
  declare painting: Painting;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override render(): TemplateResult {
    const { painting } = this;
    return html`${
        painting.wish.example.pictures.length > 0
          ? html`<bns-picture-list .painting=${painting}></bns-picture-list>`
          : nothing
      }
      <bns-picture-drop .painting=${painting}></bns-picture-drop>
      ${painting.wish.example.pictures.length > 0 ? this.#settings() : nothing}`;
  }

  #settings(): TemplateResult {
    const { example } = this.painting.wish;
    const { layout, pictures, region, guide, light } = example;
    return html`<section class="fields" aria-label="From the picture">
        ${pictureFields(example).map(
          (field) =>
            html`<bns-part-field
              data-field=${field.name}
              .studio=${this.painting.studio}
              .field=${field}
              .value=${shown(example, field.name)}
              @field-change=${({ detail }: CustomEvent<FieldChange>) => this.#set(field.name, detail.value)}
            ></bns-part-field>`,
        )}
        ${
          isEstimated(example)
            ? html`<bns-light-dial
                .light=${light}
                @light-change=${({ detail }: CustomEvent<PictureLight>) =>
                  this.painting.changeExample({ light: detail })}
              ></bns-light-dial>`
            : nothing
        }
      </section>
      ${
        layout === "kept" && pictures.length === 1
          ? this.#brush("Repair a spot…", "Paint over what is to be made anew; the rest stays", region, editRegion)
          : nothing
      }
      ${
        layout === "new"
          ? this.#brush("Guide…", "Paint what is what, and where it shall go", guide, editGuide)
          : nothing
      }
      <p class="soft small" data-test="estimate-note">
        ${
          isEstimated(example)
            ? "Height, roughness and even-lit colour are an estimate, by a small network where the page has one."
            : "Height and roughness are flat; only the colour is from the picture."
        }
      </p>`;
  }

  #brush(
    title: string,
    hint: string,
    mask: string | null,
    edit: (example: ExampleWish, place: MaskPlace) => Promise<ExampleWish | null>,
  ): TemplateResult {
    const act = async (): Promise<void> => {
      const { painting } = this;
      const example = await edit(painting.wish.example, { container: this.renderRoot, book: painting.book });
      if (example) painting.changeExample(example);
    };
    return html`<div>
      <button title=${hint} aria-pressed=${mask !== null} @click=${act}>${icon("mask", 16)} ${title}</button>
    </div>`;
  }

  #set(name: keyof ExampleWish, value: unknown): void {
    const stored = name === "regularity" || name === "relief" ? storedShare(value) : value;
    if (stored !== undefined) this.painting.changeExample({ [name]: stored });
  }
}

/** As its field shows it. */
function shown(example: ExampleWish, name: keyof ExampleWish): unknown {
  return name === "regularity" || name === "relief" ? shownShare(example[name]) : example[name];
}
