import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { END_FORMS, REWARD_FORMS, type LessonPlan } from "../../index.ts";
import { controls } from "../looks/controls.ts";
import { describeRule } from "../model/describe-rule.ts";
import { shortNumber } from "../model/short-number.ts";
import type { Studio } from "../model/studio.ts";

/** One line of the table. */
interface Line {
  readonly title: string;
  /** What it is for, e.g. `"ball · +0.1 per m"`. */
  readonly words: string;
  /** Mean of an episode; NaN before one has ended. */
  readonly sum: number;
}

/** What each term of the reward gave in an episode of a run: where the return comes from. */
export class TermTable extends LitElement {
  static override properties = {
    studio: { attribute: false },
    plan: { attribute: false },
    terms: { attribute: false },
  };
  static override styles = [
    controls,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
      }
      caption {
        padding-bottom: 4px;
        text-align: left;
        font-weight: 650;
      }
      th,
      td {
        padding: 3px 0;
        border-top: 1px solid var(--line);
        text-align: left;
        font-weight: 400;
        vertical-align: top;
      }
      span {
        font-weight: 400;
      }
      td {
        padding-left: 12px;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  declare studio: Studio;
  /** The lesson of the run. */
  declare plan: LessonPlan;
  /** As the run tells them, by name. */
  declare terms: Readonly<Record<string, number>>;

  override render(): TemplateResult | typeof nothing {
    const lines = this.#lines();
    if (lines.length === 0) return nothing;
    return html`<table>
      <caption>
        What an episode gives
        <span class="small soft">mean of the last 100</span>
      </caption>
      ${lines.map(
        ({ title, words, sum }) =>
          html`<tr>
            <th scope="row">${title} <span class="small soft">${words}</span></th>
            <td>${shortNumber(sum)}</td>
          </tr>`,
      )}
    </table>`;
  }

  /** Those that a run tells of, in the order of the plan; ends that give nothing are left out. */
  #lines(): Line[] {
    const { plan, terms } = this;
    const { scene } = this.studio;
    const rewards = plan.rewards.map((rule, i) => {
      const form = REWARD_FORMS.find(({ kind }) => kind === rule.kind);
      const words = describeRule("rewards", rule, form, scene);
      return { title: form?.title ?? rule.kind, words, sum: terms[`rewards[${i}] ${rule.kind}`] };
    });
    const ends = plan.ends.map((rule, i) => {
      const form = END_FORMS.find(({ kind }) => kind === rule.kind);
      const words = describeRule("ends", rule, form, scene);
      return {
        title: form?.title ?? rule.kind,
        words,
        sum: rule.reward ? terms[`ends[${i}] ${rule.kind}`] : undefined,
      };
    });
    return [...rewards, ...ends].filter((line): line is Line => line.sum !== undefined);
  }
}
