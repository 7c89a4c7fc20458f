import type { ExampleWish, Picture, PictureBook } from "../../paint.ts";
import type { Mask } from "./brush.ts";
import { editMasks, type MaskPage } from "./mask-dialog.ts";

/** Where masks are painted, and where pictures and masks lie. */
export interface MaskPlace {
  /** A part of the page; the dialog takes on its colours. */
  readonly container: ParentNode;
  readonly book: PictureBook;
}

/** Sheets that show no picture are this large, in pixels. */
const BARE_SIDE = 256;

/**
 * Lets somebody paint what of a picture is not to be copied.
 *
 * @param index - Which of the pictures.
 * @returns The new wish; null when the dialog was left.
 */
export async function editSampleMask(
  example: ExampleWish,
  index: number,
  { container, book }: MaskPlace,
): Promise<ExampleWish | null> {
  const { name, hash, mask, width, height } = example.pictures[index];
  const answer = await editMasks(container, {
    title: "What not to copy",
    lead: "Paint over what shall not appear in the material: a sign, a stain, a shadow.",
    pages: [{ caption: name, width, height, backdrop: await find(book, hash), mask: await find(book, mask) }],
    unpainted: 1,
  });
  if (answer === null) return null;
  const painted = answer === "none" ? null : await store(book, `${name}, mask`, answer[0]);
  const pictures = example.pictures.map((each, at) => (at === index ? { ...each, mask: painted } : each));
  return { ...example, pictures };
}

/** Lets somebody paint what of the only picture is to be made anew. @returns The new wish; null when the dialog was left. */
export async function editRegion(example: ExampleWish, { container, book }: MaskPlace): Promise<ExampleWish | null> {
  const { name, hash, width, height } = example.pictures[0];
  const answer = await editMasks(container, {
    title: "What to make anew",
    lead: "Paint over the spot to be repaired. Everything else stays as it is.",
    pages: [{ caption: name, width, height, backdrop: await find(book, hash), mask: await find(book, example.region) }],
    unpainted: 0,
  });
  if (answer === null) return null;
  return { ...example, region: answer === "none" ? null : await store(book, "region", answer[0]) };
}

/** Lets somebody paint what is what in the pictures, and where it goes. @returns The new wish; null when the dialog was left. */
export async function editGuide(example: ExampleWish, { container, book }: MaskPlace): Promise<ExampleWish | null> {
  const pages: MaskPage[] = [];
  for (const { name, hash, width, height, guide } of example.pictures) {
    const [backdrop, mask] = [await find(book, hash), await find(book, guide)];
    pages.push({ caption: `What it is: ${name}`, width, height, backdrop, mask });
  }
  const where = { caption: "Where it goes", backdrop: null, width: BARE_SIDE, height: BARE_SIDE };
  pages.push({ ...where, mask: await find(book, example.guide) });
  const answer = await editMasks(container, {
    title: "Guide",
    lead: "Paint over one kind of thing, such as moss, and then where it shall grow in the result.",
    pages,
    unpainted: 0,
  });
  if (answer === null) return null;
  const hashes: (string | null)[] = [];
  if (answer !== "none") {
    for (const [index, mask] of answer.entries()) hashes.push(await store(book, `guide ${index + 1}`, mask));
  }
  const pictures = example.pictures.map((each, index) => ({ ...each, guide: hashes[index] ?? null }));
  return { ...example, pictures, guide: hashes.at(-1) ?? null };
}

async function find(book: PictureBook, hash: string | null): Promise<Picture | null> {
  return hash === null ? null : ((await book.find(hash))?.picture ?? null);
}

async function store(book: PictureBook, name: string, { width, height, values }: Mask): Promise<string> {
  const { hash } = await book.add(name, { width, height, channels: 1, pixels: values });
  return hash;
}
