import type { Picture } from "../picture.ts";
import type { Job } from "./messages.ts";

/**
 * A job whose pixels are copies that can be handed over: what the caller gave stays theirs, and copying memory is many times
 * quicker than having a message cloned.
 */
export function copiedJob(job: Job): { readonly copy: Job; readonly buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const copied = <T extends Float32Array | Uint8Array | Uint16Array>(values: T): T => {
    const copy = values.slice() as T;
    buffers.push(copy.buffer as ArrayBuffer);
    return copy;
  };
  const withCopy = <T extends { readonly picture: Picture }>(entry: T): T => {
    const { pixels } = entry.picture;
    // Anything else is refused by the generator, with a better message.
    return pixels instanceof Float32Array ? { ...entry, picture: { ...entry.picture, pixels: copied(pixels) } } : entry;
  };
  const withCopies = <T extends { readonly picture: Picture }>(entries: readonly T[] = []): T[] =>
    entries.map(withCopy);
  switch (job.type) {
    case "paint":
      return { copy: { ...job, request: { ...job.request, pictures: withCopies(job.request.pictures) } }, buffers };
    case "repaint":
      return { copy: { ...job, pictures: withCopies(job.pictures) }, buffers };
    case "export":
    case "map": {
      const { recipe, images } = job.painted;
      const { albedo, normal, orm, heights } = images;
      const copies = { albedo: copied(albedo), normal: copied(normal), orm: copied(orm), heights: copied(heights) };
      const painted = { recipe, images: { ...images, ...copies } };
      if (job.type === "map") return { copy: { ...job, painted }, buffers };
      return {
        copy: { ...job, painted, options: { ...job.options, pictures: withCopies(job.options.pictures) } },
        buffers,
      };
    }
    case "import":
    case "read":
      return { copy: job.file instanceof Uint8Array ? { ...job, file: copied(job.file) } : job, buffers };
  }
}
