import { LitElement, css, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { icon } from "../pictures/icon.ts";

const PAGE = `openStudio(scene, {
  makeWorker: () =>
    new Worker(new URL("./studio.worker.js", import.meta.url), { type: "module" }),
});`;

const WORKER = `// studio.worker.js
import { servePlans } from "babylon-neural/worker";
servePlans();`;

/** Says how to give the panel a worker, where its host gave none: only the host's own build can make one. */
export class WorkerHelp extends LitElement {
  static override properties = { what: {}, copied: { state: true } };
  static override styles = [
    controls,
    css`
      pre {
        margin: 8px 0;
        padding: 10px;
        border-radius: var(--radius);
        background: var(--sunken);
        font:
          12px/1.5 ui-monospace,
          monospace;
        overflow: auto;
      }
    `,
  ];
  /** What needs the worker, as the sentence begins. Default "Teaching". */
  declare what: string;

  /** What came of copying, or empty. */
  declare copied: string;

  constructor() {
    super();
    this.what = "Teaching";
    this.copied = "";
  }

  override render(): TemplateResult {
    const code = `${PAGE}\n\n${WORKER}`;
    const copy = (): void => {
      navigator.clipboard.writeText(code).then(
        () => (this.copied = "Copied."),
        () => (this.copied = "The browser does not allow it: select the text above."),
      );
    };
    return html`<div class="problem doubt">
        ${icon("doubt", 16)}<span
          >${this.what} needs a worker, and this page gave the studio none. Tell whoever made it:</span
        >
      </div>
      <pre tabindex="0" aria-label="How to give the studio a worker">${code}</pre>
      <button class="quiet small" @click=${copy}>${icon("copy", 14)} Copy</button>
      <span class="small soft" role="status">${this.copied}</span>`;
  }
}
