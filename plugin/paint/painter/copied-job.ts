import { breathe } from "../../core/breathe.ts";
import type { FitSource, FitSources } from "../imaginer/fit-lesson.ts";
import type { Picture } from "../picture.ts";
import type { Job } from "./messages.ts";

type Values = Float32Array | Uint8Array | Uint16Array;

/** Bytes that are copied in one go: some 4 ms where fresh memory is slow. */
const SLICE = 1 << 20;

/** A job that can be handed over. */
export interface CopiedJob {
  readonly copy: Job;
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * A job whose pixels are copies that can be handed over: what the caller gave stays theirs, and copying memory is many times
 * quicker than having a message cloned. Rests while it copies much, so that a page's frames survive it.
 */
export async function copiedJob(job: Job): Promise<CopiedJob> {
  const pairs: { readonly from: Values; readonly to: Values }[] = [];
  const copied = <T extends Values>(values: T): T => {
    const to = emptyLike(values);
    pairs.push({ from: values, to });
    return to as T;
  };
  const copy = withCopies(job, copied);
  let sinceRest = 0;
  for (const { from, to } of pairs) {
    const step = SLICE / from.BYTES_PER_ELEMENT;
    for (let start = 0; start < from.length; start += step) {
      const end = Math.min(from.length, start + step);
      sinceRest += (end - start) * from.BYTES_PER_ELEMENT;
      if (sinceRest > SLICE) {
        await breathe();
        sinceRest = 0;
      }
      to.set(from.subarray(start, end), start);
    }
  }
  return { copy, buffers: pairs.map(({ to }) => to.buffer as ArrayBuffer) };
}

function emptyLike(values: Values): Values {
  if (values instanceof Float32Array) return new Float32Array(values.length);
  return values instanceof Uint16Array ? new Uint16Array(values.length) : new Uint8Array(values.length);
}

function withCopies(job: Job, copied: <T extends Values>(values: T) => T): Job {
  const withCopy = <T extends { readonly picture: Picture }>(entry: T): T => {
    const { pixels } = entry.picture;
    // Anything else is refused by the generator, with a better message.
    return pixels instanceof Float32Array ? { ...entry, picture: { ...entry.picture, pixels: copied(pixels) } } : entry;
  };
  const allWithCopy = <T extends { readonly picture: Picture }>(entries: readonly T[] = []): T[] =>
    entries.map(withCopy);
  switch (job.type) {
    case "paint":
    case "pieces": {
      const { pictures, fit } = job.request;
      const file = fit instanceof Uint8Array ? { fit: copied(fit) } : {};
      return { ...job, request: { ...job.request, pictures: allWithCopy(pictures), ...file } };
    }
    case "repaint":
      return { ...job, pictures: allWithCopy(job.pictures), fit: job.fit && copied(job.fit) };
    case "export":
    case "map": {
      const { recipe, images } = job.painted;
      const { albedo, normal, orm, heights } = images;
      const copies = { albedo: copied(albedo), normal: copied(normal), orm: copied(orm), heights: copied(heights) };
      const painted = { recipe, images: { ...images, ...copies } };
      if (job.type === "map") return { ...job, painted };
      const { pictures, fit } = job.options;
      const file = fit ? { fit: copied(fit) } : {};
      return { ...job, painted, options: { ...job.options, pictures: allWithCopy(pictures), ...file } };
    }
    case "teachSpecies":
    case "denoise":
    case "reconstruct":
      return withCopy(job);
    case "inpaint":
    case "regrow":
      return { ...withCopy(job), hole: copied(job.hole) };
    case "codes":
      return {
        ...job,
        pictures: allWithCopy(job.pictures.map((picture) => ({ picture }))).map(({ picture }) => picture),
      };
    case "fitImaginer": {
      const { from } = job.options;
      const options = from ? { ...job.options, from: copied(from) } : job.options;
      return { ...job, options, source: sourcesWithCopies(job.source, copied) };
    }
    case "import":
    case "read":
      return job.file instanceof Uint8Array ? { ...job, file: copied(job.file) } : job;
  }
}

function sourcesWithCopies(sources: FitSources, copied: <T extends Values>(values: T) => T): FitSources {
  return "length" in sources
    ? sources.map((source) => sourceWithCopies(source, copied))
    : sourceWithCopies(sources, copied);
}

function sourceWithCopies(source: FitSource, copied: <T extends Values>(values: T) => T): FitSource {
  if ("channels" in source) return { ...source, pixels: copied(source.pixels) };
  const { albedo, heights, roughness, metallic } = source;
  const copies = { albedo: copied(albedo), heights: copied(heights) };
  return { ...source, ...copies, roughness: copied(roughness), metallic: copied(metallic) };
}
