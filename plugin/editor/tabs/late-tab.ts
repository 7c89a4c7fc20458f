import { LitElement, html, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { messageOf } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** A tab whose code comes when it is first opened, so that pages load nothing of it until somebody wants it. */
export class LateTab extends LitElement {
  static override properties = {
    load: { attribute: false },
    view: { attribute: false },
    loaded: { state: true },
    problem: { state: true },
  };
  static override styles = controls;
  /** Fetches the code, and tells the page of its elements; called once, and again after it failed. */
  declare load: () => Promise<void>;
  /** Draws what is in the tab. */
  declare view: () => TemplateResult;
  /** What has come. */
  declare loaded: LateTab["load"] | null;
  declare problem: string;

  constructor() {
    super();
    this.loaded = null;
    this.problem = "";
  }

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has("load") && this.loaded !== this.load) void this.#fetch();
  }

  override render(): TemplateResult {
    if (this.problem) {
      return html`<p class="problem" role="alert">${this.problem}</p>
        <button @click=${() => void this.#fetch()}>${icon("reset", 16)} Try again</button>`;
    }
    if (this.loaded !== this.load) return html`<p class="empty" role="status">One moment…</p>`;
    return this.view();
  }

  async #fetch(): Promise<void> {
    const { load } = this;
    this.problem = "";
    try {
      await load();
      if (this.load === load) this.loaded = load;
    } catch (error) {
      if (this.load === load) this.problem = `This tab could not be loaded: ${messageOf(error)}`;
    }
  }
}
