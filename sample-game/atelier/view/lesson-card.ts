import { MOST_FIT_SOURCES, MOST_NAME_CHARACTERS, type FitDepth } from "../../../plugin/paint.ts";
import { element, setText } from "../../shell/element.ts";
import { atelierConfig } from "../rules/config.ts";
import { sayTime } from "../rules/growth.ts";
import type { Lesson, LessonKind, LessonPicture } from "../work/school.ts";
import { createFace, setFace } from "./face.ts";
import { icon } from "./icons.ts";
import { KeptFitList, type KeptFitActions } from "./kept-fit-list.ts";
import { LessonPictures, type LessonPictureActions } from "./lesson-pictures.ts";
import { LossCurve } from "./loss-curve.ts";
import { drawPicture } from "./picture-list.ts";
import { Segments } from "./segments.ts";

/** What can be done about a lesson. */
export interface LessonActions extends KeptFitActions, LessonPictureActions {
  turnTo(kind: LessonKind): void;
  change(part: Partial<Pick<Lesson, "name" | "seconds" | "steps">>): void;
  teach(): void;
  finish(): void;
  cancel(): void;
  keep(): void;
  drop(): void;
}

const FACE = 96;
/** Of several pictures, so many are seen at once as what is learned from. */
const MOST_SEEN = 4;
const KINDS: readonly (readonly [LessonKind, string, string])[] = [
  ["living", "Living texture", "A species that grows on the surface and heals: colours alone"],
  ["imagined", "Imagined material", "A small file by which the imaginer draws the material at any size: all maps"],
];
const SUITS = "what repeats small suits best.";
const STEP_WORDS = ["Quick", "Usual", "Long"];
const STAGES: Readonly<Record<FitDepth, string>> = {
  code: "Learning what it is like",
  few: "Learning a little more",
  all: "Learning all of it",
};

/** Teaching from pictures: the pictures, what is taught, for how long, how it goes, and what comes of it. */
export class LessonCard {
  readonly root: HTMLElement;
  readonly #samples = element("div", { class: "samples", attributes: { role: "group", "aria-label": "Samples" } });
  readonly fits: KeptFitList;
  readonly #kind: Segments<LessonKind>;
  readonly #empty: HTMLElement;
  readonly #full: HTMLElement;
  readonly #pictures: LessonPictures;
  readonly #source = element("div", { class: "lesson-face" });
  readonly #look = createFace("picture-face");
  readonly #name = element("input", {
    class: "seed-field",
    attributes: {
      type: "text",
      maxlength: String(MOST_NAME_CHARACTERS),
      "aria-label": "Name",
      "data-test": "lesson-name",
    },
  });
  readonly #seconds: Segments<string>;
  readonly #steps: Segments<string>;
  readonly #status = element("span", {
    class: "progress-stage",
    attributes: { role: "status", "data-test": "lesson-status" },
  });
  readonly #share = element("output");
  readonly #bar = element("div", {
    class: "progress-bar",
    attributes: { role: "progressbar", "aria-label": "Teaching", "aria-valuemin": "0", "aria-valuemax": "100" },
  });
  readonly #fill = element("i");
  readonly #curve = new LossCurve();
  readonly #distance = element("p", { class: "hint" });
  readonly #progress: HTMLElement;
  readonly #teach: HTMLButtonElement;
  readonly #finish: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #keep: HTMLButtonElement;
  readonly #drop: HTMLButtonElement;
  #seen: readonly LessonPicture[] = [];
  #preview: Lesson["preview"] = null;

  constructor(actions: LessonActions) {
    this.fits = new KeptFitList(actions);
    this.#pictures = new LessonPictures(actions);
    this.#kind = new Segments("What to teach", KINDS, (kind) => actions.turnTo(kind));
    this.#empty = element(
      "div",
      { class: "drop-zone" },
      element("p", { class: "for-mouse", text: `Drop 1 to ${MOST_FIT_SOURCES} pictures of a surface here: ${SUITS}` }),
      element("p", { class: "for-finger", text: `Take 1 to ${MOST_FIT_SOURCES} pictures of a surface: ${SUITS}` }),
      button("Choose pictures", "", "lesson-file", () => actions.chooseFile(), icon("file")),
      element("p", { class: "hint", text: "They stay on this device." }),
      element("p", { class: "caption", text: "Or try one of these" }),
      this.#samples,
    );
    this.#name.addEventListener("input", () => actions.change({ name: this.#name.value }));
    this.#seconds = new Segments(
      "Time",
      atelierConfig.lessonSeconds.map((seconds) => [String(seconds), sayTime(seconds)] as const),
      (seconds) => actions.change({ seconds: Number(seconds) }),
      true,
    );
    this.#steps = new Segments(
      "Time",
      atelierConfig.lessonSteps.map((steps, i) => [String(steps), STEP_WORDS[i], `${steps} mini-batches`] as const),
      (steps) => actions.change({ steps: Number(steps) }),
      true,
    );
    this.#bar.append(this.#fill);
    this.#progress = element(
      "div",
      { class: "progress-words" },
      element("div", { class: "progress-line" }, this.#status, this.#share),
      this.#bar,
      this.#curve.root,
      this.#distance,
    );
    this.#teach = button("Teach", "primary", "teach-species", () => actions.teach());
    this.#finish = button("Enough", "", "lesson-finish", () => actions.finish());
    this.#finish.title = "Ends the lesson with what it has learned by now";
    this.#cancel = button("Cancel", "", "lesson-cancel", () => actions.cancel());
    this.#cancel.title = "Ends the lesson; everything is as it was before";
    this.#keep = button("Keep", "primary", "lesson-keep", () => actions.keep(), icon("keep"));
    this.#drop = button("Discard", "quiet", "lesson-drop", () => actions.drop());
    this.#full = element(
      "div",
      { class: "lesson-full" },
      this.#pictures.root,
      element(
        "div",
        { class: "lesson-faces" },
        this.#source,
        element("span", { class: "lesson-arrow", text: "→", attributes: { "aria-hidden": "true" } }),
        element("div", { class: "lesson-face" }, this.#look),
        element("label", { class: "lesson-name" }, element("span", { class: "caption", text: "Name" }), this.#name),
      ),
      this.#seconds.root,
      this.#steps.root,
      this.#progress,
      element("div", { class: "lesson-tools" }, this.#keep, this.#teach, this.#finish, this.#cancel, this.#drop),
    );
    this.root = element(
      "section",
      { class: "lesson-card", attributes: { "aria-label": "Teach one from pictures" } },
      this.#kind.root,
      this.#empty,
      this.#full,
      this.fits.root,
    );
  }

  /** Hangs a sample that was made here into the empty card. */
  addSample(name: string, picture: HTMLElement, onPick: () => void): void {
    this.#samples.append(
      element(
        "button",
        {
          class: "tile",
          attributes: { type: "button", "aria-label": name, title: name, "data-sample": name },
          onClick: onPick,
        },
        element("span", { class: "tile-face" }, picture),
      ),
    );
  }

  /** @param lesson - Null before there is a picture. @param wished - What will be taught then. */
  set(lesson: Lesson | null, wished: LessonKind): void {
    this.#kind.choose(lesson?.kind ?? wished);
    this.#kind.root.hidden = lesson?.isTeaching ?? false;
    this.#empty.hidden = lesson !== null;
    this.#full.hidden = lesson === null;
    if (!lesson) {
      // Fifty pictures are not held on to.
      this.#pictures.clear();
      this.#seen = [];
      return;
    }
    const { kind, name, seconds, steps, isTeaching, taught } = lesson;
    this.#pictures.set(lesson);
    this.#showSource(lesson);
    if (document.activeElement !== this.#name && this.#name.value !== name) this.#name.value = name;
    this.#seconds.choose(String(seconds));
    this.#seconds.root.hidden = isTeaching || kind !== "living";
    this.#steps.choose(String(steps));
    this.#steps.root.hidden = isTeaching || kind !== "imagined";
    this.#teach.hidden = isTeaching;
    setText(this.#teach, taught ? "Teach on" : "Teach");
    this.#teach.classList.toggle("primary", taught === null);
    this.#finish.hidden = !isTeaching;
    this.#finish.disabled = lesson.preview === null;
    this.#cancel.hidden = !isTeaching;
    this.#keep.hidden = isTeaching || taught === null;
    this.#drop.hidden = isTeaching;
    this.#showProgress(lesson);
  }

  /** Shows what is learned from: one picture, or some of several. */
  #showSource({ kind, pictures, chosen }: Lesson): void {
    const seen = kind === "living" ? [pictures[chosen]] : pictures.slice(0, MOST_SEEN);
    if (seen.length === this.#seen.length && seen.every((picture, i) => picture === this.#seen[i])) return;
    this.#seen = seen;
    this.#source.classList.toggle("several", seen.length > 1);
    this.#source.replaceChildren(...seen.map(({ picture }) => drawPicture(picture, FACE)));
  }

  #showProgress({ kind, pictures, isTeaching, done, stage, losses, preview, taught, seconds }: Lesson): void {
    this.#progress.hidden = !isTeaching && taught === null;
    const percent = Math.round(100 * done);
    const loss = losses.at(-1);
    setText(
      this.#status,
      isTeaching ? (loss === undefined ? "Getting ready…" : stage ? STAGES[stage] : "Learning") : "Learned",
    );
    const [source, it] = kind === "imagined" && pictures.length > 1 ? ["pictures", "them"] : ["picture", "it"];
    setText(
      this.#distance,
      loss === undefined
        ? ""
        : `Distance to the ${source}: ${loss.toFixed(2)}, where 1 has nothing in common with ${it}.`,
    );
    const left = kind === "living" ? `${Math.max(0, Math.ceil(seconds * (1 - done)))} s left` : `${percent} %`;
    setText(this.#share, isTeaching ? left : "");
    this.#bar.hidden = !isTeaching;
    this.#bar.setAttribute("aria-valuenow", String(percent));
    this.#fill.style.transform = `scaleX(${done.toFixed(3)})`;
    this.#curve.set(losses);
    this.#look.hidden = preview === null;
    if (!preview || preview === this.#preview) return;
    this.#preview = preview;
    setFace(this.#look, preview.pixels, preview.width, preview.height);
  }
}

function button(text: string, look: string, test: string, act: () => void, ...faces: Element[]): HTMLButtonElement {
  return element(
    "button",
    { class: `button small ${look}`, attributes: { type: "button", "data-test": test }, onClick: act },
    ...faces,
    text,
  );
}
