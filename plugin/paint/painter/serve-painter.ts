import { toFailure } from "../../core/failure.ts";
import type { PortLike } from "../../core/worker-port.ts";
import { ConfigurationError } from "../../core/errors.ts";
import type { FindTeacher } from "../automata/species-lesson.ts";
import { exportZip } from "../export/export-zip.ts";
import { importZip } from "../export/import-zip.ts";
import { encodeMap } from "../export/map-files.ts";
import type { FindFitter } from "../imaginer/fit-lesson.ts";
import type { PaintNetworks } from "../generators/paint-networks.ts";
import { readPicture } from "../pictures/read-picture.ts";
import type { PaintProgress, PaintWatch } from "../texture-generator.ts";
import type { Job, LessonProgress, PainterMessage, PainterReply } from "./messages.ts";
import { mendPicture } from "./mend-picture.ts";
import { paintHere, requestOf } from "./paint-here.ts";
import { planPieces } from "./plan-pieces.ts";
import { textureCodes } from "./texture-codes.ts";

type Lesson = Extract<Job, { type: "teachSpecies" | "fitImaginer" }>;

/** What teaches; null or left out where there is none. */
export interface PaintTeachers {
  /** Gives what teaches species. */
  readonly findTeacher?: FindTeacher | null;
  /** Gives what fits imaginers. */
  readonly findFitter?: FindFitter | null;
}

/** How a lesson is followed and ended. */
interface LessonWatch {
  readonly signal: AbortSignal;
  readonly enough: AbortSignal;
  readonly onProgress: (progress: LessonProgress) => void;
}

const PROGRESS_MILLISECONDS = 90;
const PREVIEW_MILLISECONDS = 400;
/** Previews may take at most a tenth of the time. */
const PREVIEW_REST = 10;

/**
 * Answers a `Painter` from inside a worker.
 *
 * @param scope - The worker's own port: `self` in a browser's module worker.
 * @param networks - What paintings may use.
 * @param teachers - What lessons need. Default none.
 */
export function servePainter(scope: PortLike, networks: PaintNetworks, teachers: PaintTeachers = {}): void {
  const cancels = new Map<number, AbortController>();
  const ends = new Map<number, AbortController>();
  const post = (reply: PainterReply, transfer: Transferable[] = []): void => scope.postMessage(reply, transfer);
  scope.onmessage = (event) => {
    const message = event.data as PainterMessage;
    if (message.type === "cancel") {
      cancels.get(message.id)?.abort();
      return;
    }
    if (message.type === "enough") {
      ends.get(message.id)?.abort();
      return;
    }
    const { id, job } = message;
    const controller = new AbortController();
    const { signal } = controller;
    const end = new AbortController();
    cancels.set(id, controller);
    ends.set(id, end);
    const lesson: LessonWatch = {
      signal,
      enough: end.signal,
      onProgress: (progress) => post({ type: "lesson", id, progress }),
    };
    const work =
      job.type === "teachSpecies" || job.type === "fitImaginer"
        ? teach(job, teachers, lesson)
        : perform(job, networks, { signal, onProgress: reporter(id, post) });
    void work
      .then(
        (result) =>
          signal.aborted ? post({ type: "cancelled", id }) : post({ type: "done", id, result }, buffersOf(result)),
        (error: unknown) =>
          signal.aborted ? post({ type: "cancelled", id }) : post({ type: "failed", id, failure: toFailure(error) }),
      )
      .finally(() => {
        cancels.delete(id);
        ends.delete(id);
      });
  };
}

async function teach(job: Lesson, { findTeacher, findFitter }: PaintTeachers, watch: LessonWatch): Promise<unknown> {
  if (job.type === "teachSpecies") {
    if (findTeacher) return (await findTeacher())(job.name, job.picture, job.options, watch);
    throw new ConfigurationError(
      `Painter: needed a worker that teaches species, came one that does not. Call servePainting in its module.`,
    );
  }
  if (findFitter) return (await findFitter())(job.name, job.source, job.options, watch);
  throw new ConfigurationError(
    `Painter: needed a worker with an imaginer to fit, came one without. Give servePainting an imaginerUrl.`,
  );
}

async function perform(
  job: Exclude<Job, Lesson>,
  networks: PaintNetworks,
  watch: Required<PaintWatch>,
): Promise<unknown> {
  switch (job.type) {
    case "paint":
      return paintHere(job.request, job.watched ? watch : { signal: watch.signal }, networks);
    case "repaint": {
      const request = await requestOf(job.recipe, job.pictures, job.fit ?? undefined);
      return paintHere(request, job.watched ? watch : { signal: watch.signal }, networks);
    }
    case "export":
      return exportZip(job.painted, job.options);
    case "map":
      return encodeMap(job.painted, job.map, job.options);
    case "read":
      return readPicture(job.file, job.options);
    case "import":
      return importZip(job.file);
    case "pieces":
      return planPieces(job.request, networks.findImaginer ?? null, watch.signal);
    case "codes":
      return textureCodes(networks.findImaginer, job.pictures, watch);
    case "denoise":
    case "reconstruct":
    case "inpaint":
    case "regrow":
      return mendPicture(job, networks, watch);
  }
}

/** Tells how far it is, not more often than anybody can see; pictures less often, since they cost. */
function reporter(
  id: number,
  post: (reply: PainterReply, transfer: Transferable[]) => void,
): (progress: PaintProgress) => void {
  let nextReport = Number.NEGATIVE_INFINITY;
  let nextPreview = Number.NEGATIVE_INFINITY;
  let lastStage = "";
  return ({ done, stage, preview }) => {
    const now = performance.now();
    if (now < nextReport && stage === lastStage) return;
    nextReport = now + PROGRESS_MILLISECONDS;
    lastStage = stage;
    const picture = now >= nextPreview ? preview() : null;
    if (picture) {
      const cost = performance.now() - now;
      nextPreview = now + Math.max(PREVIEW_MILLISECONDS, PREVIEW_REST * cost);
    }
    post({ type: "progress", id, done, stage, preview: picture }, picture ? [picture.pixels.buffer] : []);
  };
}

/** All memory of a result, each buffer once: it is handed over, not copied. */
function buffersOf(result: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(result);
  return [...found];
}
