import { LitElement, html, nothing, type TemplateResult } from "lit";
import { controls } from "../looks/controls.ts";
import { historyStepOf } from "../looks/history-key.ts";
import { Listening } from "../looks/listening.ts";
import { forgetInsets, tellInsets } from "../looks/page-insets.ts";
import { panelStyle } from "../looks/panel-style.ts";
import { tokens } from "../looks/tokens.ts";
import type { Dock, Theme } from "../model/panel-state.ts";
import { listNodes } from "../model/scene-tree.ts";
import type { Notice, Studio } from "../model/studio.ts";
import { icon, type IconName } from "../pictures/icon.ts";
import { tabsOf, type TabEntry } from "../tabs/tabs.ts";

const DOCKS: readonly Dock[] = ["right", "bottom", "left"];
const THEMES: readonly Theme[] = ["system", "light", "dark"];
const THEME_ICONS: Readonly<Record<Theme, IconName>> = { system: "system", light: "sun", dark: "moon" };

/** Windows narrower than this show a sheet from below. */
const PHONE = "(max-width: 640px)";

/** How long a notice stays, in milliseconds; bad news stay until they are closed. */
const NOTICE_TIME = 4500;

/** The panel: `<babylon-neural-studio>`. `openStudio` makes it. */
export class StudioPanel extends LitElement {
  static override properties = {
    studio: { attribute: false },
    theme: { reflect: true },
    dock: { reflect: true },
    notice: { state: true },
  };
  static override styles = [tokens, controls, panelStyle];
  declare studio: Studio;
  declare theme: Theme;
  declare dock: Dock;
  declare notice: Notice | null;
  #phone: MediaQueryList | null = null;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #onPhone = (): void => this.requestUpdate();
  readonly #onKey = (event: KeyboardEvent): void => this.#press(event);
  /** What is typed in the panel shall not steer the game behind it; keys such as F2 may well be the page's. */
  readonly #onOwnKey = (event: KeyboardEvent): void => {
    this.#press(event);
    this.studio.onKeyObservable.notifyObservers(event);
    if (!/^F\d+$/.test(event.key)) event.stopPropagation();
  };

  #shownTab = "";
  /** How far down each tab was when another one was chosen, in pixels. */
  readonly #scrolled = new Map<string, number>();

  constructor() {
    super();
    this.notice = null;
    new Listening(this, () => [
      this.studio.onStateObservable,
      this.studio.history.onChangeObservable,
      this.studio.picker.onRequestObservable,
    ]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#phone = matchMedia(PHONE);
    this.#phone.addEventListener("change", this.#onPhone);
    addEventListener("keydown", this.#onKey);
    this.addEventListener("keydown", this.#onOwnKey);
    this.setAttribute("role", "complementary");
    this.setAttribute("aria-label", "Neural studio");
    this.studio.onNoticeObservable.add((notice) => this.#show(notice));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#phone?.removeEventListener("change", this.#onPhone);
    removeEventListener("keydown", this.#onKey);
    this.removeEventListener("keydown", this.#onOwnKey);
    forgetInsets();
    clearTimeout(this.#noticeTimer);
    this.studio.onNoticeObservable.clear();
  }

  override willUpdate(): void {
    const { state } = this.studio;
    if (state.tab !== this.#shownTab) this.#scrolled.set(this.#shownTab, this.#panel?.scrollTop ?? 0);
    this.theme = state.theme;
    this.dock = this.#phone?.matches ? "bottom" : state.dock;
    const width = `min(${state.width}px, 100vw)`;
    const height = `${Math.round(state.height * 1000) / 10}vh`;
    this.style.setProperty("--panel-width", width);
    this.style.setProperty("--panel-height", height);
    tellInsets(this.dock, this.dock === "bottom" ? height : width);
  }

  override updated(): void {
    const { tab } = this.studio.state;
    if (tab === this.#shownTab) return;
    this.#shownTab = tab;
    if (this.#panel) this.#panel.scrollTop = this.#scrolled.get(tab) ?? 0;
  }

  override render(): TemplateResult {
    const { studio } = this;
    const { history, state } = studio;
    const tabs = tabsOf(studio);
    const open = tabs.find(({ id }) => id === state.tab) ?? tabs[0];
    return html`
      <bns-dock-handle .studio=${studio} .dock=${this.dock}></bns-dock-handle>
      <div class="head">
        <h2>Neural Studio</h2>
        ${this.#button("undo", `Undo ${history.undoTitle ?? ""}`, () => void history.undo(), history.undoTitle === null)}
        ${this.#button("redo", `Redo ${history.redoTitle ?? ""}`, () => void history.redo(), history.redoTitle === null)}
        ${this.#button(THEME_ICONS[state.theme], `Colours: ${state.theme}`, () => this.#nextTheme())}
        <span class="dock">
          ${this.#button(state.dock, `Docked ${state.dock}. Move the panel`, () => this.#nextDock())}
        </span>
        ${this.#button("close", "Close the studio", () => this.dispatchEvent(new CustomEvent("studio-close")))}
      </div>
      <div role="tablist" aria-label="Studio" @keydown=${this.#pressTab}>
        ${tabs.map((tab) => this.#tab(tab, open))}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-labelledby=${`tab-${open.id}`} tabindex="0">
        ${open.view(studio)}
      </div>
      ${this.#foot()}
    `;
  }

  get #panel(): Element | null {
    return this.renderRoot.querySelector("#panel");
  }

  #button(name: IconName, label: string, act: () => void, disabled = false): TemplateResult {
    return html`<button
      class="icon quiet"
      aria-label=${label.trim()}
      title=${label.trim()}
      ?disabled=${disabled}
      @click=${act}
    >
      ${icon(name)}
    </button>`;
  }

  #tab({ id, title, icon: name }: TabEntry, open: TabEntry): TemplateResult {
    const selected = id === open.id;
    return html`<button
      role="tab"
      id=${`tab-${id}`}
      aria-selected=${selected}
      aria-controls="panel"
      aria-label=${title}
      title=${title}
      tabindex=${selected ? 0 : -1}
      @click=${() => this.studio.setState({ tab: id })}
    >
      ${icon(name)}<span>${title}</span>
    </button>`;
  }

  #foot(): TemplateResult | typeof nothing {
    const { request } = this.studio.picker;
    if (request) {
      return html`<div class="notice asking" role="status">
        ${icon("pick")}
        <p>${request.words}</p>
        ${request.wants === "node" ? this.#nodes() : nothing}
        <button @click=${() => this.studio.picker.cancel()}>Cancel <kbd>Esc</kbd></button>
      </div>`;
    }
    const { notice } = this;
    if (!notice) return nothing;
    return html`<div class=${`notice ${notice.tone}`} role=${notice.tone === "bad" ? "alert" : "status"}>
      <p>${notice.words}</p>
      ${this.#button("close", "Close this notice", () => (this.notice = null))}
    </div>`;
  }

  /** Another way to answer than by pointing. */
  #nodes(): TemplateResult {
    const nodes = listNodes(this.studio.scene);
    const answer = ({ target }: Event): void => {
      this.studio.picker.answerWith(nodes[Number((target as HTMLSelectElement).value)]);
    };
    return html`<select aria-label="Choose it by its name" @change=${answer}>
      <option selected disabled>By name</option>
      ${nodes.map(({ name }, index) => html`<option value=${index}>${name}</option>`)}
    </select>`;
  }

  #show(notice: Notice): void {
    clearTimeout(this.#noticeTimer);
    this.notice = notice;
    if (notice.tone === "bad") return;
    this.#noticeTimer = setTimeout(() => (this.notice = null), NOTICE_TIME);
  }

  #nextTheme(): void {
    this.studio.setState({ theme: following(THEMES, this.studio.state.theme) });
  }

  #nextDock(): void {
    this.studio.setState({ dock: following(DOCKS, this.studio.state.dock) });
  }

  #pressTab(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const tabs = tabsOf(this.studio);
    const at = tabs.findIndex(({ id }) => id === this.studio.state.tab);
    const { id } = tabs[(Math.max(0, at) + by + tabs.length) % tabs.length];
    this.studio.setState({ tab: id });
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${id}`)?.focus());
  }

  /** Undo, redo and Escape, unless somebody is typing. */
  #press(event: KeyboardEvent): void {
    const { history, picker } = this.studio;
    if (event.key === "Escape" && picker.cancel()) return event.preventDefault();
    const step = historyStepOf(event);
    if (step && history[step]()) event.preventDefault();
  }
}

function following<T>(all: readonly T[], current: T): T {
  return all[(all.indexOf(current) + 1) % all.length];
}
