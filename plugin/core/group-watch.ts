import type { AgentGroup } from "./environment.ts";
import { doubt, fault, type Finding } from "./finding.ts";
import { imageParts, imageSize, observationLabels, unboundedFlags } from "./observation-spec.ts";
import { PictureWatch } from "./picture-watch.ts";
import { SightWatch } from "./sight-watch.ts";

/** Promised values lie "in [-1, 1] or near it"; ten times that is no longer near. */
const FAR = 10;

/** Watches one role of an environment while it runs, and says at the end what was odd. */
export class GroupWatch {
  readonly #who: string;
  readonly #group: AgentGroup;
  readonly #labels: readonly string[];
  readonly #unbounded: Uint8Array;
  readonly #lowest: Float64Array;
  readonly #highest: Float64Array;
  readonly #pictures: PictureWatch;
  /** Of numbers and of pictures, as far as there are any. */
  readonly #sights: readonly SightWatch[];
  readonly #activeBefore: Uint8Array;
  readonly #findings = new Map<string, Finding>();
  /** Kinds of findings that break the contract of environments, whatever is taught in them. */
  readonly #breaches = new Set<string>();
  #agentSteps = 0;
  #ends = 0;
  #terminations = 0;
  #lowestReward = Infinity;
  #highestReward = -Infinity;

  /** @param who - E.g. `Environment "yard", role "guard"`. */
  constructor(group: AgentGroup, who: string) {
    this.#who = who;
    this.#group = group;
    this.#labels = observationLabels(group.role.observation);
    this.#unbounded = unboundedFlags(group.role.observation);
    this.#lowest = new Float64Array(this.#labels.length).fill(Infinity);
    this.#highest = new Float64Array(this.#labels.length).fill(-Infinity);
    this.#pictures = new PictureWatch(group);
    const { observations, finalObservations, images, finalImages } = group;
    const numbers = { finalName: "finalObservations", now: observations, final: finalObservations } as const;
    const pictures = { finalName: "finalImages", now: images, final: finalImages } as const;
    this.#sights = [
      { ...numbers, width: this.#labels.length },
      { ...pictures, width: imageSize(group.role.observation) },
    ]
      .filter(({ width }) => width > 0)
      .map((sights) => new SightWatch(sights));
    this.#activeBefore = new Uint8Array(group.agents);
  }

  /** Looks at what the agents see and may do, before they act. */
  beforeStep(): void {
    const { agents, active, masks, role } = this.#group;
    for (const sights of this.#sights) sights.beforeStep();
    this.#activeBefore.set(active);
    let maskAt = 0;
    for (let agent = 0; agent < agents; agent++) {
      if (active[agent] === 1) this.#look(agent);
      for (const { label, choices } of role.action.discrete) {
        const row = masks.subarray(maskAt, maskAt + choices.length);
        maskAt += choices.length;
        if (active[agent] === 1 && !row.includes(1)) {
          this.#breach(
            `mask ${label}`,
            fault(
              `${this.#who}: the mask of "${label}" needs to allow at least 1 alternative, came none.`,
              'The mask is filled with 0 and nothing is allowed again; allow a "none".',
            ),
          );
        }
      }
    }
  }

  /** Looks at what a step brought. */
  afterStep(): void {
    const { agents, rewards, terminated, truncated } = this.#group;
    for (let agent = 0; agent < agents; agent++) {
      if (this.#activeBefore[agent] === 0) continue;
      this.#agentSteps += 1;
      this.#lookAtReward(rewards[agent], agent);
      if (terminated[agent] === 1 && truncated[agent] === 1) {
        this.#breach(
          "both",
          fault(
            `${this.#who}: an episode needs one kind of end, came terminated and truncated at once (agent ${agent}).`,
            "The time limit is checked even when the episode has already ended; let terminated win.",
          ),
        );
      }
      if (terminated[agent] === 1 || truncated[agent] === 1) this.#lookAtEnd(agent, terminated[agent] === 1);
      else for (const sights of this.#sights) sights.goesOn(agent);
    }
  }

  /** Everything that was odd. */
  findings(): Finding[] {
    if (this.#agentSteps === 0) {
      this.#breach(
        "active",
        fault(`${this.#who}: at least 1 agent needs to be active, came none.`, "The array active is never set to 1."),
      );
      return [...this.#findings.values()];
    }
    this.#judgeObservations();
    this.#judgeRewards();
    this.#judgeEnds();
    return [...this.#findings.values()];
  }

  /** Of everything that was odd, what breaks the contract of environments. */
  breaches(): Finding[] {
    this.findings();
    return [...this.#findings].filter(([kind]) => this.#breaches.has(kind)).map(([, finding]) => finding);
  }

  #look(agent: number): void {
    const { observations } = this.#group;
    for (let i = 0; i < this.#labels.length; i++) {
      const value = observations[agent * this.#labels.length + i];
      this.#lookAtValue(value, i, "observation");
      if (value < this.#lowest[i]) this.#lowest[i] = value;
      if (value > this.#highest[i]) this.#highest[i] = value;
    }
    this.#pictures.look(agent);
  }

  #lookAtValue(value: number, index: number, what: string): void {
    const label = this.#labels[index];
    if (!Number.isFinite(value)) {
      this.#note(
        `finite ${what} ${label}`,
        fault(
          `${this.#who}: the ${what} "${label}" needs a finite number, came ${value}.`,
          "A division by 0, the root of a negative number, or a value that was never set.",
        ),
      );
    } else if (this.#unbounded[index] === 0 && Math.abs(value) > FAR) {
      this.#note(
        `range ${label}`,
        fault(
          `${this.#who}: the ${what} "${label}" needs a number near [-1, 1], came ${value}.`,
          "It is not divided by its range. If it has none, list it as unbounded.",
        ),
      );
    }
  }

  #lookAtReward(reward: number, agent: number): void {
    if (!Number.isFinite(reward)) {
      this.#note(
        "reward",
        fault(
          `${this.#who}: a reward needs a finite number, came ${reward} (agent ${agent}).`,
          "A division by 0, or a value that was never set.",
        ),
      );
    }
    this.#lowestReward = Math.min(this.#lowestReward, reward);
    this.#highestReward = Math.max(this.#highestReward, reward);
  }

  #lookAtEnd(agent: number, terminated: boolean): void {
    const { finalObservations } = this.#group;
    const width = this.#labels.length;
    const final = finalObservations.subarray(agent * width, (agent + 1) * width);
    this.#ends += 1;
    if (terminated) this.#terminations += 1;
    for (const sights of this.#sights) sights.ends(agent);
    final.forEach((value, index) => this.#lookAtValue(value, index, "final observation"));
  }

  #judgeObservations(): void {
    const constant = this.#labels.filter((_, i) => this.#lowest[i] === this.#highest[i]);
    const pictures = this.#pictures.constant();
    const { length } = imageParts(this.#group.role.observation);
    if (constant.length === this.#labels.length && pictures.length === length) {
      const arrays = [...(this.#labels.length > 0 ? ["observations"] : []), ...(length > 0 ? ["images"] : [])];
      this.#note(
        "constant",
        fault(
          `${this.#who}: observations need to change, came the same ones at every step.`,
          `The ${arrays.length > 1 ? "arrays" : "array"} ${arrays.join(" and ")} ${arrays.length > 1 ? "are" : "is"} not written in step.`,
        ),
      );
      return;
    }
    for (const label of pictures) {
      this.#note(
        `constant picture ${label}`,
        doubt(
          `${this.#who}: the picture "${label}" needs to change, came the same one at every step.`,
          "Its sensor is not connected, or the lesson never brings the agent where it matters.",
        ),
      );
    }
    for (const label of constant) {
      const value = this.#lowest[this.#labels.indexOf(label)];
      this.#note(
        `constant ${label}`,
        doubt(
          `${this.#who}: the observation "${label}" needs to change, came ${value} at every step.`,
          "Its sensor is not connected, or the lesson never brings the agent where it matters.",
        ),
      );
    }
  }

  #judgeRewards(): void {
    if (this.#lowestReward !== this.#highestReward) return;
    if (this.#lowestReward === 0) {
      this.#note(
        "reward",
        fault(
          `${this.#who}: some reward needs to differ from 0, came 0 at every step.`,
          "No reward is given, or it is too rare to be met by chance: reward the way to the goal as well.",
        ),
      );
    } else if (this.#terminations === 0) {
      this.#note(
        "reward",
        doubt(
          `${this.#who}: rewards need to differ, came ${this.#lowestReward} at every step.`,
          "Every way of acting is worth the same, or the goal is too rare to be met by chance.",
        ),
      );
    }
  }

  #judgeEnds(): void {
    if (this.#ends === 0) {
      const steps = Math.round(this.#agentSteps / this.#group.agents);
      this.#note(
        "endless",
        doubt(
          `${this.#who}: an episode needs to end, came none that did within ${steps} steps.`,
          "There is no time limit: truncate after a number of steps.",
        ),
      );
      return;
    }
    if (this.#ends === this.#agentSteps) {
      this.#note(
        "at once",
        fault(
          `${this.#who}: an episode needs more than 1 step, came an end at every step.`,
          "The condition of its end still holds after the restart, or terminated is not set back to 0.",
        ),
      );
      return;
    }
    for (const sights of this.#sights) {
      const finding = sights.finding(this.#who);
      if (finding) this.#breach(finding.what, finding);
    }
  }

  #breach(kind: string, finding: Finding): void {
    this.#breaches.add(kind);
    this.#note(kind, finding);
  }

  /** Keeps the first finding of each kind. */
  #note(kind: string, finding: Finding): void {
    if (!this.#findings.has(kind)) this.#findings.set(kind, finding);
  }
}
