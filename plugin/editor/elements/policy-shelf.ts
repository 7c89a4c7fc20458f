import { LitElement, css, html, type TemplateResult } from "lit";
import {
  createPolicy,
  decodePolicy,
  encodePolicy,
  listBytes,
  loadPolicy,
  removeBytes,
  savePolicy,
  type Policy,
} from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import type { Agent } from "../model/agents.ts";
import { offerFile } from "../model/offer-file.ts";
import { messageOf, type Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

/** Policies that this browser keeps: store, load, export, import by drop or address; swapped while the agent goes on. */
export class PolicyShelf extends LitElement {
  static override properties = {
    studio: { attribute: false },
    policy: { attribute: false },
    urls: { state: true },
    over: { state: true },
  };
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .drop {
        padding: 12px;
        border: 1px dashed var(--line-strong);
        border-radius: 10px;
        text-align: center;
      }
      .drop.over {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
    `,
  ];
  declare studio: Studio;
  /** What the lesson's agent has at present: another one is another drawing. */
  declare policy: Policy | null;
  declare urls: readonly string[];
  declare over: boolean;

  constructor() {
    super();
    this.urls = [];
    this.over = false;
    new Listening(this, () => [this.studio.onSelectObservable, this.studio.lessons.onChangeObservable]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#list();
  }

  override render(): TemplateResult {
    const agent = this.#agent;
    const policy = agent?.controller?.policy;
    const whose = agent ? `“${agent.name}”` : "an agent";
    return html`
      <div class="row wrap">
        <button ?disabled=${!policy} @click=${this.#store}>${icon("keep", 16)} Store ${whose}</button>
        <button ?disabled=${!policy} @click=${this.#export}>${icon("download", 16)} Export</button>
      </div>
      ${
        this.urls.length === 0
          ? html`<p class="small soft">This browser keeps no policies yet.</p>`
          : html`<ul>
              ${this.urls.map(
                (url) =>
                  html`<li class="row">
                    <span class="grow cut">${url.slice(this.#prefix.length)}</span>
                    <button class="quiet small" ?disabled=${!agent} @click=${() => this.#give(() => loadPolicy(url))}>
                      Give to ${whose}
                    </button>
                    <button
                      class="icon quiet"
                      aria-label=${`Delete ${url.slice(this.#prefix.length)}`}
                      @click=${() => this.#remove(url)}
                    >
                      ${icon("remove", 16)}
                    </button>
                  </li>`,
              )}
            </ul>`
      }
      <div
        class=${this.over ? "drop over" : "drop"}
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.over = true;
        }}
        @dragleave=${() => (this.over = false)}
        @drop=${this.#drop}
      >
        <label class="small soft" for="file">Drop a policy file here, or choose one</label>
        <input id="file" type="file" accept=".bnp,.json,.bin" @change=${this.#choose} />
      </div>
      <form class="row" @submit=${this.#fetch}>
        <label class="unseen" for="url">Address of a policy</label>
        <input id="url" class="grow" type="text" name="url" placeholder="https://…/policy.bnp" />
        <button>${icon("upload", 16)} Load</button>
      </form>
    `;
  }

  /** Whom a policy would be given to: the selected agent, else that of the lesson. */
  get #agent(): Agent | null {
    const { selected, agents, lessons } = this.studio;
    const { current } = lessons;
    return (selected && agents.of(selected)[0]) || (current && lessons.agentOf(current)) || null;
  }

  get #prefix(): string {
    return `indexeddb://${this.studio.options.storageName ?? "studio"}/`;
  }

  readonly #store = (): void => {
    const agent = this.#agent;
    const policy = agent?.controller?.policy;
    if (!agent || !policy) return;
    const made = new Date().toISOString().slice(0, 16).replace("T", " ");
    this.#try(async () => {
      await savePolicy(policy, `${this.#prefix}${agent.name}, ${made}`);
      await this.#list();
    });
  };

  readonly #export = (): void => {
    const agent = this.#agent;
    const policy = agent?.controller?.policy;
    if (!agent || !policy) return;
    this.studio.attempt(() =>
      offerFile(
        `${agent.name}.bnp`,
        "application/octet-stream",
        encodePolicy(policy.toData()) as Uint8Array<ArrayBuffer>,
      ),
    );
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    const file = event.dataTransfer?.files[0];
    if (file) this.#import(file);
  };

  readonly #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) this.#import(file);
    input.value = "";
  };

  readonly #fetch = (event: SubmitEvent): void => {
    event.preventDefault();
    const url = new FormData(event.target as HTMLFormElement).get("url");
    if (typeof url === "string" && url.trim() !== "") this.#give(() => loadPolicy(url.trim()));
  };

  #import(file: File): void {
    this.#give(async () => createPolicy(decodePolicy(new Uint8Array(await file.arrayBuffer()), `File "${file.name}"`)));
  }

  /** Gives the agent a policy; one that does not fit changes nothing. */
  #give(load: () => ReturnType<typeof loadPolicy>): void {
    const agent = this.#agent;
    if (!agent?.controller) {
      this.studio.say("Select the agent first that shall have the policy.", "bad");
      return;
    }
    const { controller } = agent;
    this.#try(async () => {
      controller.policy = await load();
      this.studio.say(`“${agent.name}” goes on with another policy. Keep it, to have it in the scene.`, "good");
      this.studio.agents.onChangeObservable.notifyObservers();
    });
  }

  #remove(url: string): void {
    this.#try(async () => {
      await removeBytes(url);
      await this.#list();
    });
  }

  #try(act: () => Promise<void>): void {
    act().catch((error: unknown) => this.studio.say(messageOf(error), "bad"));
  }

  /** Reads what this browser keeps; where storage is denied, it keeps nothing. */
  async #list(): Promise<void> {
    this.urls = await listBytes(this.#prefix).catch(() => []);
  }
}
