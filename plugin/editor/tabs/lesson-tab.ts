import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import {
  END_FORMS,
  initialOptions,
  RESET_FORMS,
  REWARD_FORMS,
  type FormField,
  type LessonPlan,
  type PartForm,
  type PartOptions,
  type PlanProblem,
} from "../../index.ts";
import type { FieldChange } from "../elements/part-field.ts";
import type { PartCard, PartChange } from "../elements/part-card.ts";
import { controls } from "../looks/controls.ts";
import { Listening } from "../looks/listening.ts";
import { END_REWARD, RESET_NODE, TIME_LIMIT, WEIGHT } from "../model/rule-fields.ts";
import { describeRule } from "../model/describe-rule.ts";
import { LessonPlayback } from "../model/lesson-playback.ts";
import { shortNumber } from "../model/short-number.ts";
import type { Studio } from "../model/studio.ts";
import { icon } from "../pictures/icon.ts";

type RuleList = "rewards" | "ends" | "resets";
type Rule = LessonPlan["rewards"][number] | LessonPlan["ends"][number] | LessonPlan["resets"][number];

const LISTS: readonly { list: RuleList; title: string; hint: string; forms: readonly PartForm[]; add: string }[] = [
  { list: "rewards", title: "Rewards", hint: "What is good, and what is bad", forms: REWARD_FORMS, add: "Add reward" },
  { list: "ends", title: "Ends", hint: "When an episode is over", forms: END_FORMS, add: "Add end" },
  { list: "resets", title: "Beginnings", hint: "Where things are put", forms: RESET_FORMS, add: "Add beginning" },
];

/** Milliseconds between two read-outs of the score. */
const READ_OUT = 250;

/** A lesson without code: what the agent is rewarded for, when an episode ends, and where it begins. */
export class LessonTab extends LitElement {
  static override properties = { studio: { attribute: false }, opened: { state: true } };
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: 16px;
        grid-template-columns: minmax(0, 1fr);
      }
      h3 {
        display: flex;
        align-items: baseline;
        gap: 8px;
        margin-bottom: 6px;
      }
      .name {
        font-weight: 600;
      }
      .live {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        padding: 0 12px 8px 64px;
      }
      .live b {
        font-weight: 600;
        color: var(--ink);
      }
      .problems {
        display: grid;
        gap: 6px;
      }
      .problems span::first-letter {
        text-transform: uppercase;
      }
      .problems button {
        justify-content: start;
        text-align: left;
        border: 0;
        width: 100%;
      }
    `,
  ];
  declare studio: Studio;
  declare opened: string;
  #playback: LessonPlayback | null = null;
  #scored = "";
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.opened = "";
    new Listening(this, () => [this.studio.lessons.onChangeObservable, this.studio.agents.onChangeObservable]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#readOut(), READ_OUT);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#stopScoring();
  }

  override render(): TemplateResult {
    const { lessons } = this.studio;
    const plan = lessons.current;
    if (!plan) return this.#beginning();
    const problems = lessons.problemsOf(plan);
    return html`
      ${this.#head(plan)} ${this.#problems(problems)} ${LISTS.map((entry) => this.#list(entry, plan, problems))}
      <bns-part-field
        .studio=${this.studio}
        .field=${TIME_LIMIT}
        .value=${plan.timeLimitSeconds ?? TIME_LIMIT.initial}
        @field-change=${({ detail }: CustomEvent<FieldChange>) =>
          this.#edit("Time limit", (from) => ({ ...from, timeLimitSeconds: detail.value as number }), "limit", detail)}
      ></bns-part-field>
      <div class="row wrap">
        <button class="main grow" @click=${() => this.studio.setState({ tab: "teach" })}>
          ${icon("teach", 16)} On to teaching
        </button>
        <button class="danger" @click=${() => this.studio.attempt(() => lessons.remove())}>
          ${icon("remove", 16)} Remove lesson
        </button>
      </div>
    `;
  }

  override updated(): void {
    this.#score();
  }

  #beginning(): TemplateResult {
    const agents = this.studio.agents.all().filter(({ description, controller }) => description && controller);
    const { selected } = this.studio;
    const agent = agents.find(({ node }) => node === selected) ?? agents[0];
    if (!agent) {
      return html`<div class="empty">
        ${icon("lesson", 32)}<strong>Nobody to teach yet</strong>
        <p>Give an entity a neural controller first.</p>
        <button class="main" @click=${() => this.studio.setState({ tab: "scene" })}>Choose an entity</button>
      </div>`;
    }
    const reach = async (): Promise<void> => {
      const target = await this.studio.picker.askForNode(`Click what “${agent.name}” shall reach.`);
      if (target) this.studio.attempt(() => this.studio.lessons.addReach(agent, target));
    };
    return html`<div class="empty">
      ${icon("lesson", 32)}<strong>What shall “${agent.name}” learn?</strong>
      <p>Begin with a lesson that works, and change it; or put one together from nothing.</p>
      <button class="main" @click=${reach}>${icon("pick", 16)} Reach something</button>
      <button @click=${() => this.studio.attempt(() => this.studio.lessons.addEmpty(agent))}>Begin from nothing</button>
    </div>`;
  }

  #head(plan: LessonPlan): TemplateResult {
    const { lessons } = this.studio;
    const { all } = lessons;
    const agent = lessons.agentOf(plan);
    const addNew = (): void => {
      if (agent) this.studio.attempt(() => lessons.addEmpty(agent));
    };
    return html`<div class="stack">
      <div class="row">
        <label class="small soft" for="name">Lesson</label>
        <input
          id="name"
          class="name grow"
          .value=${plan.name}
          @change=${(event: Event) => {
            const name = (event.target as HTMLInputElement).value.trim();
            if (name !== "") this.#edit("Rename lesson", (from) => ({ ...from, name }));
            this.requestUpdate();
          }}
        />
        <span class="tag" title="Who is taught">${agent ? agent.name : "nobody"}</span>
      </div>
      <div class="row">
        ${
          all.length > 1
            ? html`<label class="small soft" for="all">Work on</label>
                <select
                  id="all"
                  class="grow"
                  @change=${(event: Event) => lessons.choose((event.target as HTMLSelectElement).value)}
                >
                  ${all.map(({ name }) => html`<option ?selected=${name === plan.name}>${name}</option>`)}
                </select>`
            : html`<span class="grow"></span>`
        }
        <button class="quiet small" @click=${addNew}>${icon("add", 14)} New lesson</button>
      </div>
    </div>`;
  }

  #problems(problems: readonly PlanProblem[]): TemplateResult | typeof nothing {
    if (problems.length === 0) return nothing;
    return html`<div class="problems" role="group" aria-label="Problems of this lesson">
      ${problems.map(
        (problem) =>
          html`<button
            class=${problem.severity === "doubt" ? "problem doubt" : "problem"}
            @click=${() => this.#goTo(problem.place)}
          >
            ${icon("doubt", 16)}<span class="grow">${problem.words}</span>
          </button>`,
      )}
    </div>`;
  }

  #list(
    { list, title, hint, forms, add }: (typeof LISTS)[number],
    plan: LessonPlan,
    problems: readonly PlanProblem[],
  ): TemplateResult {
    return html`<section aria-label=${title}>
      <h3>${title} <span class="soft small">${hint}</span></h3>
      <div class="stack">
        ${plan[list].map((rule, index) => this.#rule(list, rule, index, forms, problems))}
        <bns-part-palette
          heading=${add}
          .forms=${forms}
          @part-pick=${(event: CustomEvent<PartForm>) => this.#add(list, event.detail)}
        ></bns-part-palette>
      </div>
    </section>`;
  }

  #rule(
    list: RuleList,
    rule: Rule,
    index: number,
    forms: readonly PartForm[],
    problems: readonly PlanProblem[],
  ): TemplateResult {
    const place = `${list}[${index}]`;
    const form = forms.find(({ kind }) => kind === rule.kind);
    return html`<bns-part-card
        data-place=${place}
        .studio=${this.studio}
        .form=${form}
        .kind=${rule.kind}
        .options=${rule.options ?? {}}
        .summary=${describeRule(list, rule, form, this.studio.scene)}
        .problems=${problems.filter((problem) => problem.place.startsWith(place)).map(({ words }) => words)}
        .extra=${this.#extra(list, rule, index, form)}
        .open=${this.opened === place}
        @part-change=${({ detail }: CustomEvent<PartChange>) => this.#changeOptions(list, index, detail)}
        @part-remove=${() => this.#replace(`Remove ${form?.title ?? rule.kind}`, list, index, null)}
      ></bns-part-card>
      ${list === "resets" ? nothing : this.#live(place)}`;
  }

  /** What a rule has besides its form's options. */
  #extra(list: RuleList, rule: Rule, index: number, form: PartForm | undefined): TemplateResult {
    const field: FormField =
      list === "rewards"
        ? { ...WEIGHT, unit: `per ${(form as { unit?: string } | undefined)?.unit ?? "unit"}` }
        : list === "ends"
          ? END_REWARD
          : RESET_NODE;
    const value = (rule as unknown as Readonly<Record<string, unknown>>)[field.name];
    const change = ({ detail }: CustomEvent<FieldChange>): void => {
      const to = { ...rule, [field.name]: detail.value ?? (field.type === "number" ? 0 : "") };
      this.#replace(field.title, list, index, to, `${list} ${index} ${field.name}`, detail);
    };
    return html`<bns-part-field
      data-field=${field.name}
      .studio=${this.studio}
      .field=${field}
      .value=${value ?? (list === "ends" ? 0 : undefined)}
      @field-change=${change}
    ></bns-part-field>`;
  }

  #live(place: string): TemplateResult {
    return html`<div class="live small soft number" data-live=${place} aria-hidden="true" hidden></div>`;
  }

  async #add(list: RuleList, form: PartForm): Promise<void> {
    const { picker } = this.studio;
    const plan = this.studio.lessons.current;
    if (!plan) return;
    let options: PartOptions = initialOptions(form);
    let node = plan.node;
    for (const field of form.fields) {
      if (field.type !== "node" || field.optional) continue;
      const picked = await picker.askForNode(
        `${form.title}: click “${field.title}” in the scene, or choose it in the tree.`,
      );
      if (!picked) return;
      options = { ...options, [field.name]: picked.id };
    }
    if (list === "resets") {
      const picked = await picker.askForNode(`${form.title}: click what is to be placed.`);
      if (!picked) return;
      node = picked.id;
    }
    const rule = {
      rewards: { kind: form.kind, weight: (form as { weight?: number }).weight ?? 1, options },
      ends: { kind: form.kind, options, reward: (form as { succeeded?: boolean }).succeeded ? 1 : 0 },
      resets: { kind: form.kind, node, options },
    }[list];
    if (this.#edit(`Add ${form.title}`, (from) => ({ ...from, [list]: [...from[list], rule] }))) {
      this.opened = `${list}[${plan[list].length}]`;
    }
  }

  #changeOptions(list: RuleList, index: number, { options, field, dragging }: PartChange): void {
    const rule = this.studio.lessons.current?.[list][index];
    if (rule)
      this.#replace(field.title, list, index, { ...rule, options }, `${list} ${index} ${field.name}`, { dragging });
  }

  /** Puts another rule in the place of one, or none. */
  #replace(
    title: string,
    list: RuleList,
    index: number,
    rule: Rule | null,
    merge?: string,
    change?: { readonly dragging: boolean },
  ): void {
    const put = (rules: readonly Rule[]): Rule[] =>
      rule ? rules.map((old, at) => (at === index ? rule : old)) : rules.filter((_, at) => at !== index);
    this.#edit(title, (from) => ({ ...from, [list]: put(from[list]) }), merge, change);
  }

  #edit(
    title: string,
    change: (from: LessonPlan) => LessonPlan,
    merge?: string,
    { dragging }: { readonly dragging: boolean } = { dragging: false },
  ): boolean {
    const isDone = this.studio.attempt(() => this.studio.lessons.edit(title, change, merge));
    if (!dragging) this.studio.history.settle();
    return isDone;
  }

  /** Opens the rule that a problem is in, and puts the focus there. */
  async #goTo(place: string): Promise<void> {
    const rule = /^(rewards|ends|resets)\[\d+\]/.exec(place)?.[0];
    if (!rule) return this.renderRoot.querySelector<HTMLElement>("#name")?.focus();
    const card = this.renderRoot.querySelector<PartCard>(`[data-place="${rule}"]`);
    if (!card) return;
    card.open = true;
    await card.updateComplete;
    const name = place.split(".").at(-1);
    const field = card.renderRoot.querySelector(`[data-field="${name}"]`) ?? card;
    field.scrollIntoView({ block: "center" });
    field.shadowRoot?.querySelector<HTMLElement>("input, select, button")?.focus();
  }

  /** Keeps the score of what happens in the scene, as long as the lesson stays as it is. */
  #score(): void {
    const { lessons, scene } = this.studio;
    const plan = lessons.current;
    const controller = plan && lessons.agentOf(plan)?.controller;
    const scored = plan && controller ? JSON.stringify(plan) : "";
    if (scored === this.#scored && (!this.#playback || !controller?.isDisposed)) return;
    this.#stopScoring();
    this.#scored = scored;
    if (!plan || !controller || lessons.problemsOf(plan).some(({ severity }) => severity === "fault")) return;
    this.#playback = new LessonPlayback({ scene, plan, controller, resets: false });
  }

  #stopScoring(): void {
    this.#playback?.dispose();
    this.#playback = null;
    this.#scored = "";
  }

  /** Writes the score directly: a whole new drawing several times a second would be dear. */
  #readOut(): void {
    const scores = this.studio.teaching.playback?.scores ?? this.#playback?.scores ?? [];
    for (const place of this.renderRoot.querySelectorAll<HTMLElement>("[data-live]")) {
      const score = scores.find((each) => each.place === place.dataset["live"]);
      place.hidden = !score;
      if (score)
        place.textContent = `now ${shortNumber(score.last)} · ${shortNumber(score.perSecond)} a second · ${shortNumber(score.sum)} in all`;
    }
  }
}
