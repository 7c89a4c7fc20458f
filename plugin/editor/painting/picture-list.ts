import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { PictureWish } from "../../paint.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import { editSampleMask } from "./edit-example.ts";
import type { Painting } from "./painting.ts";
import { pictureFace } from "./picture-face.ts";

/** The pictures that are painted from, each with its mask, its share in a mix and a way out. */
export class PictureList extends LitElement {
  static override properties = { painting: { attribute: false } };
  static override styles = [
    controls,
    css`
      ul {
        display: grid;
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 48px minmax(0, 1fr) auto;
        gap: 2px 10px;
        align-items: center;
      }
      li.unused {
        opacity: 0.7;
      }
      .name {
        display: grid;
      }
      .share {
        grid-column: 1 / -1;
      }
      .share output {
        min-width: 4.5ch;
        text-align: right;
      }
    `,
  ];
  declare painting: Painting;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override render(): TemplateResult {
    const { pictures } = this.painting.wish.example;
    return html`<ul aria-label="Pictures">
      ${pictures.map((picture, index) => this.#row(picture, index))}
    </ul>`;
  }

  #row(picture: PictureWish, index: number): TemplateResult {
    const { hash, name, width, height, mask } = picture;
    const { pictures, layout } = this.painting.wish.example;
    const isUnused = layout === "maps" && index > 0;
    const label = mask ? `Mask of ${name}, set` : `Mask of ${name}: what not to copy`;
    return html`<li class=${isUnused ? "unused" : ""}>
      <bns-pixel-face small .face=${pictureFace(this.painting.book.peek(hash)?.picture)}></bns-pixel-face>
      <span class="name">
        <strong class="cut" title=${name}>${name}</strong>
        <span class="soft small number">${isUnused ? "not used as it is" : `${width} × ${height} pixels`}</span>
      </span>
      <span class="row">
        ${
          layout === "maps"
            ? nothing
            : html`<button
                class="icon"
                aria-label=${label}
                title=${label}
                aria-pressed=${mask !== null}
                @click=${() => void this.#editMask(index)}
              >
                ${icon("mask")}
              </button>`
        }
        <button
          class="icon quiet"
          aria-label=${`Remove ${name}`}
          title=${`Remove ${name}`}
          @click=${() => this.#remove(index)}
        >
          ${icon("close")}
        </button>
      </span>
      ${pictures.length > 1 && layout === "new" ? this.#share(picture, index) : nothing}
    </li>`;
  }

  #share({ name, weight }: PictureWish, index: number): TemplateResult {
    const said = `${Math.round(100 * weight)} %`;
    return html`<label class="row share" title="How much of the mix is like this picture">
      <span class="soft">Share</span>
      <input
        class="grow"
        type="range"
        min="0.05"
        max="1"
        step="0.05"
        aria-label=${`Share of ${name}`}
        aria-valuetext=${said}
        .value=${String(weight)}
        @input=${(event: Event) => this.#change(index, { weight: (event.target as HTMLInputElement).valueAsNumber })}
      />
      <output class="number">${said}</output>
    </label>`;
  }

  #change(index: number, part: Partial<PictureWish>): void {
    const { pictures } = this.painting.wish.example;
    this.painting.changeExample({ pictures: pictures.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  }

  #remove(index: number): void {
    const { pictures } = this.painting.wish.example;
    const others = pictures.filter((_, at) => at !== index);
    // Masks of places belong to the pictures that they were painted on.
    this.painting.changeExample({ pictures: others, region: null, guide: null });
  }

  async #editMask(index: number): Promise<void> {
    const { painting } = this;
    const place = { container: this.renderRoot, book: painting.book };
    const example = await editSampleMask(painting.wish.example, index, place);
    if (example) painting.changeExample(example);
  }
}
