import { LitElement, css, html, type TemplateResult } from "lit";
import type { Picture } from "../../paint.ts";
import { controls } from "../looks/controls.ts";
import { filledMask, isUniform, type Mask } from "./brush.ts";
import type { Choice } from "./choice-bar.ts";
import type { MaskSheet } from "./mask-sheet.ts";

/** One sheet of the dialog. */
export interface MaskPage {
  readonly caption: string;
  /** What is painted over; null for an empty sheet. */
  readonly backdrop: Picture | null;
  readonly width: number;
  readonly height: number;
  /** What was painted before; null for nothing. */
  readonly mask: Picture | null;
}

/** What is to be painted. */
export interface MaskTask {
  readonly title: string;
  readonly lead: string;
  readonly pages: readonly MaskPage[];
  /** The value of what nobody has painted on; the brush leaves the other one. */
  readonly unpainted: 0 | 1;
}

/** The masks in the pages' order; `"none"` when nothing is painted; null when it was left. */
export type MaskAnswer = readonly Mask[] | "none" | null;

const MODES: readonly Choice[] = [
  { value: "paint", title: "Paint" },
  { value: "erase", title: "Erase" },
];
const BRUSH = { least: 0.01, most: 0.25, initial: 0.06 };

/** Lets somebody paint masks over pictures, in a dialog of its own. `editMasks` opens it. */
export class MaskDialog extends LitElement {
  static override properties = {
    task: { attribute: false },
    mode: { state: true },
    radius: { state: true },
  };
  static override styles = [
    controls,
    css`
      dialog {
        width: min(720px, calc(100vw - 24px));
        max-height: calc(100dvh - 24px);
        padding: 20px 22px 0;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 14px;
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: rgb(4 6 14 / 60%);
      }
      .lead {
        margin: 4px 0 14px;
      }
      .pages {
        display: flex;
        flex-wrap: wrap;
        gap: 14px;
        justify-content: center;
      }
      bns-mask-sheet {
        flex: 1 1 240px;
        max-width: 420px;
        min-width: 0;
      }
      .foot {
        position: sticky;
        bottom: 0;
        display: grid;
        grid-template-columns: 170px minmax(0, 1fr);
        gap: 12px 18px;
        align-items: center;
        margin: 8px -22px 0;
        padding: 12px 22px 18px;
        background: var(--surface);
      }
      .foot > :last-child {
        grid-column: 1 / -1;
      }
      .size output {
        min-width: 4ch;
        text-align: right;
      }
      @media (max-width: 640px) {
        dialog {
          padding: 16px 16px 0;
        }
        .several {
          --most-height: 27dvh;
        }
        .foot {
          grid-template-columns: 124px minmax(0, 1fr);
          margin: 4px -16px 0;
          padding: 10px 16px 14px;
        }
      }
    `,
  ];
  declare task: MaskTask;
  declare mode: "paint" | "erase";
  /** In shares of the picture's shorter side. */
  declare radius: number;
  /** Called once. */
  onAnswer: (answer: MaskAnswer) => void = () => {};
  #masks: readonly Mask[] = [];
  #answer: MaskAnswer = null;

  constructor() {
    super();
    this.mode = "paint";
    this.radius = BRUSH.initial;
  }

  override willUpdate(): void {
    if (this.#masks.length > 0) return;
    this.#masks = this.task.pages.map(({ width, height, mask }) =>
      mask ? maskOf(mask) : filledMask(width, height, this.task.unpainted),
    );
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")!.showModal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const { onAnswer } = this;
    this.onAnswer = () => {};
    onAnswer(this.#answer);
  }

  override render(): TemplateResult {
    const { title, lead, pages, unpainted } = this.task;
    const brush = { radius: this.radius, value: this.mode === "erase" ? unpainted : 1 - unpainted };
    const said = `${Math.round(200 * this.radius)} %`;
    // Keys of the page behind it stay out.
    return html`<dialog
      aria-labelledby="title"
      @close=${() => this.remove()}
      @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
    >
      <h2 id="title">${title}</h2>
      <p class="soft lead">${lead}</p>
      <div class=${pages.length > 1 ? "pages several" : "pages"}>
        ${pages.map(
          ({ caption, backdrop }, index) =>
            html`<bns-mask-sheet
              .caption=${caption}
              .backdrop=${backdrop}
              .mask=${this.#masks[index]}
              .unpainted=${unpainted}
              .brush=${brush}
            ></bns-mask-sheet>`,
        )}
      </div>
      <div class="foot">
        <bns-choice-bar
          label="Brush or eraser"
          .choices=${MODES}
          .value=${this.mode}
          @choose=${({ detail }: CustomEvent<"paint" | "erase">) => (this.mode = detail)}
        ></bns-choice-bar>
        <label class="row size" title="How broad the brush is, against the picture's shorter side">
          <span>Brush</span>
          <input
            class="grow"
            type="range"
            min=${BRUSH.least}
            max=${BRUSH.most}
            step="0.01"
            aria-label="Brush"
            aria-valuetext=${said}
            .value=${String(this.radius)}
            @input=${(event: Event) => (this.radius = (event.target as HTMLInputElement).valueAsNumber)}
          />
          <output class="soft small number">${said}</output>
        </label>
        <div class="row">
          <button class="quiet" data-test="mask-clear" @click=${this.#clear}>Clear</button>
          <span class="grow"></span>
          <button data-test="mask-cancel" @click=${() => this.#close()}>Cancel</button>
          <button class="main" data-test="mask-done" @click=${this.#done}>Done</button>
        </div>
      </div>
    </dialog>`;
  }

  #clear(): void {
    for (const { values } of this.#masks) values.fill(this.task.unpainted);
    for (const sheet of this.renderRoot.querySelectorAll<MaskSheet>("bns-mask-sheet")) sheet.redraw();
  }

  #done(): void {
    const isEmpty = this.#masks.every((mask) => isUniform(mask, this.task.unpainted));
    this.#answer = isEmpty ? "none" : this.#masks;
    this.#close();
  }

  /** Gives the focus back to where it was; then the dialog goes. */
  #close(): void {
    this.renderRoot.querySelector("dialog")!.close();
  }
}

/** A picture's first channel, to paint on. */
function maskOf({ width, height, channels, pixels }: Picture): Mask {
  return { width, height, values: Float32Array.from({ length: width * height }, (_, i) => pixels[i * channels]) };
}

/** Opens the dialog in a part of the page, whose colours it takes on. */
export function editMasks(container: ParentNode, task: MaskTask): Promise<MaskAnswer> {
  return new Promise((resolve) => {
    const dialog = document.createElement("bns-mask-dialog") as MaskDialog;
    dialog.task = task;
    dialog.onAnswer = resolve;
    container.append(dialog);
  });
}
