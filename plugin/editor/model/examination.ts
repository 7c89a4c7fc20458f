import { examinePlan, Observable, type ControllerDescription, type Diagnosis, type LessonPlan } from "../../index.ts";
import { messageOf, type Studio } from "./studio.ts";

/** Lets the doctor look at a lesson before it is taught: in a worker, playing by chance. */
export class Examination {
  /** It began, or is over. */
  readonly onChangeObservable = new Observable<void>();
  readonly #studio: Studio;
  #going: AbortController | null = null;
  #plan: LessonPlan | null = null;
  #diagnoses: readonly Diagnosis[] | null = null;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  get isGoingOn(): boolean {
    return this.#going !== null;
  }

  /** What was found in a lesson as it is now, faults first; null where it was not looked at since it was changed. */
  of(plan: LessonPlan): readonly Diagnosis[] | null {
    return this.#plan && JSON.stringify(plan) === JSON.stringify(this.#plan) ? this.#diagnoses : null;
  }

  /** Looks at a lesson; what goes wrong is told the person. */
  async begin(plan: LessonPlan, controller: ControllerDescription): Promise<void> {
    const { makeWorker } = this.#studio.options;
    if (!makeWorker || this.#going) return;
    const going = (this.#going = new AbortController());
    this.#plan = plan;
    this.#diagnoses = null;
    this.onChangeObservable.notifyObservers();
    try {
      this.#diagnoses = await examinePlan(makeWorker, this.#studio.scene, plan, { controller, signal: going.signal });
    } catch (error) {
      if (!going.signal.aborted) this.#studio.say(messageOf(error), "bad");
    } finally {
      this.#going = null;
      this.onChangeObservable.notifyObservers();
    }
  }

  /** Gives it up. */
  cancel(): void {
    this.#going?.abort();
  }
}
