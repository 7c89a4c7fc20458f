import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { icon } from "../pictures/icon.ts";
import type { Painting } from "./painting.ts";

/** Takes the picture that is painted from: a file that is chosen, dropped or pasted. */
export class PictureDrop extends LitElement {
  static override properties = { painting: { attribute: false }, isOver: { state: true } };
  static override styles = [
    controls,
    css`
      .zone {
        display: grid;
        justify-items: center;
        gap: 8px;
        padding: 16px;
        border: 1.5px dashed var(--line-strong);
        border-radius: 10px;
        text-align: center;
        color: var(--ink-soft);
      }
      .zone.over {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
    `,
  ];
  declare painting: Painting;
  declare isOver: boolean;
  readonly #onPaste = (event: ClipboardEvent): void => this.#paste(event);

  constructor() {
    super();
    this.isOver = false;
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

  override render(): TemplateResult {
    const { picture } = this.painting.wish;
    return html`<div
      class=${this.isOver ? "zone over" : "zone"}
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        this.isOver = true;
      }}
      @dragleave=${() => (this.isOver = false)}
      @drop=${this.#drop}
    >
      ${
        picture
          ? html`<strong class="cut">${picture.name}</strong>
              <span class="small number">${picture.picture.width} × ${picture.picture.height} pixels</span>`
          : html`<p>Drop a photograph or a texture here, or paste one.</p>`
      }
      <button @click=${() => this.#choose()}>
        ${icon("upload", 16)} ${picture ? "Another picture" : "Choose a picture"}
      </button>
      ${picture ? nothing : html`<p class="small">It stays on this device.</p>`}
    </div>`;
  }

  #choose(): void {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.addEventListener("change", () => this.#take(input.files));
    input.click();
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    this.isOver = false;
    this.#take(event.dataTransfer?.files);
  }

  #paste(event: ClipboardEvent): void {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    this.#take(files);
  }

  #take(files: FileList | null | undefined): void {
    const file = files?.item(0);
    if (file) void this.painting.takePicture(file);
  }
}
