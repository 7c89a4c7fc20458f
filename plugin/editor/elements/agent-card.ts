import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import {
  ACTUATOR_FORMS,
  controllerToTypeScript,
  describeController,
  initialOptions,
  SENSOR_FORMS,
  type ControllerDescription,
  type PartDescription,
  type PartForm,
  type PartOptions,
} from "../../index.ts";
import { controls } from "../looks/controls.ts";
import type { Agent } from "../model/agents.ts";
import { describeRole, labelsOf } from "../model/describe-role.ts";
import { askForNodes } from "../model/ask-for-nodes.ts";
import { NETWORK_SIZES, networkSizeOf } from "../model/network-sizes.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";
import type { FieldChange } from "./part-field.ts";
import type { PartChange } from "./part-card.ts";

type PartList = "sensors" | "actuators";

const LISTS: readonly { list: PartList; title: string; forms: readonly PartForm[]; add: string }[] = [
  { list: "sensors", title: "Senses", forms: SENSOR_FORMS, add: "Add sensor" },
  { list: "actuators", title: "Moves", forms: ACTUATOR_FORMS, add: "Add actuator" },
];

const RATE = {
  type: "number",
  name: "decisionsPerSecond",
  title: "Decides",
  hint: "How often it looks and decides anew. 10 suits most games; more reacts faster and learns more slowly.",
  unit: "/ s",
  minimum: 1,
  maximum: 60,
  step: 1,
  initial: 10,
} as const;

const GREEDY = {
  type: "flag",
  name: "greedy",
  title: "Always its best action",
  hint: "On: the likeliest action. Off: it draws by chance, as while it learns, and looks livelier.",
  initial: true,
} as const;

/** One controller: what it senses, how it moves, its network, and what can be done with it. */
export class AgentCard extends LitElement {
  static override properties = { studio: { attribute: false }, agent: { attribute: false }, opened: { state: true } };
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: 14px;
      }
      .tools > :last-child {
        grid-column: 1 / -1;
      }
      .title {
        font-weight: 600;
        flex: 1;
      }
      h3 {
        display: flex;
        align-items: baseline;
        gap: 8px;
        margin-bottom: 6px;
      }
      .tools {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
        gap: 6px;
      }
      .settings {
        display: grid;
        gap: 10px 20px;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
      }
      .network {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 6px;
      }
      .network button {
        flex-direction: column;
        gap: 0;
        padding: 5px;
      }
    `,
  ];
  declare studio: Studio;
  declare agent: Agent;
  /** Which part was just added, so that it shows its settings. */
  declare opened: string;

  constructor() {
    super();
    this.opened = "";
  }

  override render(): TemplateResult {
    const { agent } = this;
    const { description } = agent;
    if (!description) return this.#inCode();
    return html`
      <div class="row">
        <label class="small soft" for="name">Controller</label>
        <input
          id="name"
          class="title"
          .value=${agent.name}
          @change=${(event: Event) => this.#rename((event.target as HTMLInputElement).value.trim())}
        />
        <span class="tag">${describeRole(agent.controller)}</span>
      </div>
      ${
        agent.controller
          ? nothing
          : html`<p class="problem small" role="alert">
              ${icon("doubt", 16)} It cannot be made as it is kept. Correct a part, or undo.
            </p>`
      }
      ${LISTS.map(({ list, title, forms, add }) => this.#parts(list, title, forms, add, description))}
      <div>
        <h3>Mind</h3>
        <div class="settings">
          <div>
            <div class="network" role="group" aria-label="Size of the network">
              ${NETWORK_SIZES.map(
                (size) =>
                  html`<button
                    aria-pressed=${networkSizeOf(description.network)?.id === size.id}
                    title=${size.hint}
                    @click=${() => this.#edit(`Network: ${size.title}`, (from) => ({ ...from, network: size.network }))}
                  >
                    ${size.title} <span class="small soft">${size.network.hidden.join(" × ")}</span>
                  </button>`,
              )}
            </div>
          </div>
          ${this.#setting(RATE, description.decisionsPerSecond ?? 10)}
          ${this.#setting(GREEDY, description.greedy ?? true)}
        </div>
      </div>
      <div class="tools">
        <button @click=${this.#duplicate}>${icon("duplicate", 16)} Duplicate to…</button>
        <button @click=${() => this.#copy(description)}>${icon("copy", 16)} Copy as code</button>
        <button class="danger" @click=${() => this.#attempt(() => this.studio.agents.remove(agent))}>
          ${icon("remove", 16)} Remove
        </button>
      </div>
    `;
  }

  #inCode(): TemplateResult {
    const { name, controller, node } = this.agent;
    const adopt = (): void => {
      this.#attempt(() => this.studio.agents.adopt(node, describeController(controller!)));
    };
    return html`<div class="row">
        <h3 class="grow">${name}</h3>
        <span class="tag">${describeRole(controller)}</span>
      </div>
      <p class="soft">This controller is made in code. It can be watched and taught as it is.</p>
      <button @click=${adopt}>${icon("keep", 16)} Keep it in the scene, to edit it here</button>`;
  }

  #parts(
    list: PartList,
    title: string,
    forms: readonly PartForm[],
    add: string,
    description: ControllerDescription,
  ): TemplateResult {
    const parts = description[list];
    return html`<section aria-label=${title}>
      <h3>${title}</h3>
      <div class="stack">
        ${parts.map((part, index) => {
          const form = forms.find(({ kind }) => kind === part.kind);
          return html`<bns-part-card
            data-part=${`${list}-${index}`}
            .studio=${this.studio}
            .form=${form}
            .kind=${part.kind}
            .options=${part.options ?? {}}
            .summary=${labelsOf(this.agent.controller?.[list][index])}
            .open=${this.opened === `${list}-${index}`}
            @part-change=${(event: CustomEvent<PartChange>) => this.#change(list, index, event.detail)}
            @part-remove=${() => this.#remove(list, index, form?.title ?? part.kind)}
          ></bns-part-card>`;
        })}
        <bns-part-palette
          heading=${add}
          .forms=${forms}
          @part-pick=${(event: CustomEvent<PartForm>) => this.#add(list, event.detail)}
        ></bns-part-palette>
      </div>
    </section>`;
  }

  #setting(field: typeof RATE | typeof GREEDY, value: unknown): TemplateResult {
    const change = ({ detail }: CustomEvent<FieldChange>): void => {
      this.#edit(field.title, (from) => ({ ...from, [field.name]: detail.value }), field.name, detail.dragging);
    };
    return html`<bns-part-field
      .studio=${this.studio}
      .field=${field}
      .value=${value}
      @field-change=${change}
    ></bns-part-field>`;
  }

  /** Adds a part; where it must aim at something, the person picks that first. */
  async #add(list: PartList, form: PartForm): Promise<void> {
    let options: PartOptions = initialOptions(form);
    for (const field of form.fields) {
      if (field.type !== "node" || field.optional) continue;
      const node = await this.studio.picker.askForNode(
        `${form.title}: click “${field.title}” in the scene, or choose it in the tree.`,
      );
      if (!node) return;
      options = { ...options, [field.name]: node.id };
    }
    const count = this.agent.description?.[list].length ?? 0;
    const isDone = this.#edit(`Add ${form.title}`, (from) => {
      const others = from[list].filter(({ kind }) => kind === form.kind).length;
      const named = others > 0 && form.fields.some(({ name }) => name === "label");
      const labelled = named ? { ...options, label: `${form.title.toLowerCase()} ${others + 1}` } : options;
      return { ...from, [list]: [...from[list], { kind: form.kind, options: labelled }] };
    });
    if (isDone) this.opened = `${list}-${count}`;
  }

  #change(list: PartList, index: number, { options, field, dragging }: PartChange): void {
    const replace = (parts: readonly PartDescription[]): PartDescription[] =>
      parts.map((part, at) => (at === index ? { ...part, options } : part));
    const merge = `${list} ${index} ${field.name}`;
    this.#edit(field.title, (from) => ({ ...from, [list]: replace(from[list]) }), merge, dragging);
  }

  #remove(list: PartList, index: number, title: string): void {
    this.#edit(`Remove ${title}`, (from) => ({ ...from, [list]: from[list].filter((_, at) => at !== index) }));
  }

  #rename(name: string): void {
    if (name !== "" && name !== this.agent.name) this.#edit("Rename controller", (from) => ({ ...from, name }));
    this.requestUpdate();
  }

  #edit(
    title: string,
    change: (from: ControllerDescription) => ControllerDescription,
    merge?: string,
    dragging = false,
  ): boolean {
    const isDone = this.#attempt(() => this.studio.agents.edit(this.agent, title, change, merge));
    if (!dragging) this.studio.history.settle();
    return isDone;
  }

  #attempt(act: () => void): boolean {
    return this.studio.attempt(act);
  }

  async #duplicate(): Promise<void> {
    const { agent, studio } = this;
    const targets = await askForNodes(studio, agent.node, "Click who shall have the same controller");
    if (targets.length > 0) this.#attempt(() => studio.agents.duplicate(agent, targets));
  }

  #copy(description: ControllerDescription): void {
    const { studio, agent } = this;
    studio.attempt(() => {
      const code = controllerToTypeScript(description, { node: agent.node.id });
      navigator.clipboard.writeText(code).then(
        () => studio.say("Copied: TypeScript that makes the same controller.", "good"),
        () =>
          studio.say("Studio: needed the right to write to the clipboard, came none. Allow it for this page.", "bad"),
      );
    });
  }
}
