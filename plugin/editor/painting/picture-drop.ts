import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import { MOST_PICTURES, type Painting } from "./painting.ts";
import { pictureFace } from "./picture-face.ts";

const FILES = "image/*,.zip,.json";

/** Where one chooses what is painted from: pictures of one's own or samples, zips of materials and recipes. */
export class PictureDrop extends LitElement {
  static override properties = {
    painting: { attribute: false },
  };
  static override styles = [
    controls,
    css`
      .zone {
        display: grid;
        justify-items: center;
        gap: 8px;
        padding: 14px;
        border: 1.5px dashed var(--line-strong);
        border-radius: 10px;
        text-align: center;
        color: var(--ink-soft);
      }
      .zone.some {
        padding: 8px;
      }
      button {
        color: var(--ink);
      }
      .samples {
        display: flex;
        gap: 6px;
      }
      .samples button {
        padding: 3px;
      }
    `,
  ];
  declare painting: Painting;
  #isOffering = false;

  constructor() {
    super();
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override updated(): void {
    if (this.#isEmpty) void this.#offerSamples();
  }

  override render(): TemplateResult {
    const { pictures, layout } = this.painting.wish.example;
    const isEmpty = this.#isEmpty;
    const takesMore = pictures.length < MOST_PICTURES && layout !== "maps";
    return html`<div class=${isEmpty ? "zone" : "zone some"}>
      ${isEmpty ? html`<p>Drop a photograph or a texture here, or paste one.</p>` : nothing}
      <div class="row wrap">
        <button @click=${() => this.#choose(false)}>
          ${icon("upload", 16)} ${isEmpty ? "Choose a picture" : "Another picture"}
        </button>
        ${
          !isEmpty && takesMore
            ? html`<button title="Mixes it with what is there" @click=${() => this.#choose(true)}>
                ${icon("add", 16)} Mix one in
              </button>`
            : nothing
        }
      </div>
      ${isEmpty ? this.#beginning() : nothing}
    </div>`;
  }

  #beginning(): TemplateResult {
    const { shown } = this.painting.samples;
    return html`<p class="small">It stays on this device. Zips and recipes that were exported are taken, too.</p>
      ${
        shown.length > 0
          ? html`<p class="small">Or try one of these</p>
              <div class="samples" role="group" aria-label="Samples">
                ${shown.map(
                  (sample) =>
                    html`<button
                      aria-label=${sample.name}
                      title=${sample.name}
                      data-sample=${sample.name}
                      @click=${() => void this.painting.takeSample(sample)}
                    >
                      <bns-pixel-face small .face=${pictureFace(sample.picture)}></bns-pixel-face>
                    </button>`,
                )}
              </div>`
          : nothing
      }`;
  }

  /** Paints samples as long as there is no picture: they would slow its painting down. */
  async #offerSamples(): Promise<void> {
    if (this.#isOffering) return;
    this.#isOffering = true;
    try {
      while (this.isConnected && this.#isEmpty) {
        if (!(await this.painting.samples.paintNext())) break;
        this.requestUpdate();
      }
    } catch {
      // Nobody has asked for them, and what went wrong comes up again when something is painted.
    }
    this.#isOffering = false;
  }

  get #isEmpty(): boolean {
    return this.painting.wish.example.pictures.length === 0;
  }

  #choose(adds: boolean): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = FILES;
    input.multiple = true;
    input.addEventListener("change", () => void this.painting.takeFiles([...(input.files ?? [])], adds));
    input.click();
  }
}
