import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { SamplePicture } from "../../paint.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import { MOST_PICTURES, type Painting } from "./painting.ts";
import { pictureFace } from "./picture-face.ts";

const FILES = "image/*,.zip,.json";

/** Takes what is painted from: pictures, zips of materials and recipes that are chosen, dropped or pasted. */
export class PictureDrop extends LitElement {
  static override properties = {
    painting: { attribute: false },
    isOver: { state: true },
    samples: { state: true },
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
      .zone.over {
        border-color: var(--accent);
        background: var(--accent-soft);
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
      bns-pixel-face {
        width: 48px;
        height: 48px;
      }
    `,
  ];
  declare painting: Painting;
  declare isOver: boolean;
  declare samples: readonly SamplePicture[];
  #samples: AsyncGenerator<SamplePicture, void> | null = null;
  #isOffering = false;
  readonly #onPaste = (event: ClipboardEvent): void => this.#paste(event);

  constructor() {
    super();
    this.isOver = false;
    this.samples = [];
    new Listening(this, () => [this.painting.onChangeObservable]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("paste", this.#onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("paste", this.#onPaste);
  }

  override updated(): void {
    if (this.#isEmpty) void this.#offerSamples();
  }

  override render(): TemplateResult {
    const { pictures, layout } = this.painting.wish.example;
    const isEmpty = this.#isEmpty;
    const takesMore = pictures.length < MOST_PICTURES && layout !== "maps";
    return html`<div
      class=${`zone${this.isOver ? " over" : ""}${isEmpty ? "" : " some"}`}
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        this.isOver = true;
      }}
      @dragleave=${() => (this.isOver = false)}
      @drop=${this.#drop}
    >
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
    return html`<p class="small">It stays on this device. Zips and recipes that were exported are taken, too.</p>
      ${
        this.samples.length > 0
          ? html`<p class="small">Or try one of these</p>
              <div class="samples" role="group" aria-label="Samples">
                ${this.samples.map(
                  (sample) =>
                    html`<button
                      aria-label=${sample.name}
                      title=${sample.name}
                      data-sample=${sample.name}
                      @click=${() => void this.painting.takeSample(sample)}
                    >
                      <bns-pixel-face .face=${pictureFace(sample.picture)}></bns-pixel-face>
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
      this.#samples ??= this.painting.samples();
      while (this.isConnected && this.#isEmpty) {
        const { value, done } = await this.#samples.next();
        if (done) return; // and never begins again
        this.samples = [...this.samples, value];
      }
      this.#isOffering = false;
    } catch {
      // Nobody has asked for them, and what went wrong comes up again when something is painted.
    }
  }

  get #isEmpty(): boolean {
    return this.painting.wish.example.pictures.length === 0;
  }

  #choose(adds: boolean): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = FILES;
    input.multiple = true;
    input.addEventListener("change", () => this.#take(input.files, adds));
    input.click();
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    this.isOver = false;
    this.#take(event.dataTransfer?.files);
  }

  #paste(event: ClipboardEvent): void {
    const { clipboardData } = event;
    if (event.composedPath()[0] instanceof HTMLInputElement || !clipboardData) return;
    const text = clipboardData.getData("text/plain").trim();
    if (clipboardData.files.length > 0) this.#take(clipboardData.files);
    else if (text.startsWith("{")) void this.painting.takeRecipe(text);
    else return;
    event.preventDefault();
  }

  #take(files: FileList | null | undefined, adds = false): void {
    if (files && files.length > 0) void this.painting.takeFiles([...files], adds);
  }
}
