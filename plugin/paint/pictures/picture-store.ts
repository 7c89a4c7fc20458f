import { breathe } from "../../core/breathe.ts";
import { StorageError } from "../../core/errors.ts";
import { listBytes, readBytes, removeBytes, writeBytes } from "../../core/storage.ts";
import { unitPixels, wholePixelsInPortions } from "../export/picture-file.ts";
import { picture, type Picture } from "../picture.ts";
import type { TextureRecipe } from "../recipe.ts";
import { pictureHash } from "../recipes/picture-hash.ts";
import type { OrderPicture } from "../texture-generator.ts";

/** Where pictures are kept unless somebody says otherwise. */
const FOLDER = "indexeddb://pictures/";
/** "bnpicture" and its version; then height, width, channels and bits, each a 32-bit number; then the pixels, little-endian. */
const SIGNATURE = "bnpicture1\n\0";
const HEADER_BYTES = SIGNATURE.length + 16;

/**
 * Keeps a picture under its hash, so that a recipe can be painted again after a reload. One that is kept already is not written
 * again. Quick enough for a page: nothing is compressed.
 *
 * @param folder - An address that ends with a slash. Default a folder in the browser's database.
 * @returns Its hash, as in recipes.
 * @throws StorageError when the place is full or denied; what was kept before stays.
 */
export async function keepPicture(source: Picture, folder = FOLDER): Promise<string> {
  const hash = await pictureHash(source);
  const url = folder + hash;
  const kept = await listBytes(url).catch((): string[] => []); // writing says why it cannot be
  if (kept.includes(url)) return hash;
  await breathe();
  await writeBytes(url, await packPicture(source));
  return hash;
}

/**
 * A picture that was kept.
 *
 * @throws StorageError when it is not there, or not what it was.
 */
export async function keptPicture(hash: string, folder = FOLDER): Promise<Picture> {
  const url = folder + hash;
  const found = unpackPicture(await readBytes(url));
  if (found && (await pictureHash(found)) === hash) return found;
  throw new StorageError(`Storage "${url}": needed a kept picture, came something damaged. Give the picture again.`);
}

/**
 * All pictures that a recipe names, in its order, ready for `Painter.repaint`.
 *
 * @throws StorageError when one is not there.
 */
export async function keptPictures(recipe: TextureRecipe, folder = FOLDER): Promise<OrderPicture[]> {
  const found: OrderPicture[] = [];
  for (const { role, name, hash } of recipe.pictures) {
    found.push({ role, name, picture: await keptPicture(hash, folder) });
  }
  return found;
}

/** Lets go of a picture. One that is not kept is no error. @throws StorageError when the place does not allow it. */
export async function forgetPicture(hash: string, folder = FOLDER): Promise<void> {
  await removeBytes(folder + hash);
}

/** The hashes of all pictures that are kept. @throws StorageError when the place cannot be listed. */
export async function keptPictureHashes(folder = FOLDER): Promise<string[]> {
  return (await listBytes(folder)).map((url) => url.slice(-64)).filter((hash) => /^[0-9a-f]{64}$/.test(hash));
}

async function packPicture({ height, width, channels, pixels }: Picture): Promise<Uint8Array> {
  const whole = await wholePixelsInPortions(pixels);
  const bytes = new Uint8Array(HEADER_BYTES + whole.byteLength);
  bytes.set(new TextEncoder().encode(SIGNATURE));
  const view = new DataView(bytes.buffer, SIGNATURE.length);
  [height, width, channels, whole.BYTES_PER_ELEMENT * 8].forEach((size, i) => view.setUint32(4 * i, size, true));
  // Every engine that this runs on is little-endian: WebAssembly's memory is, too.
  bytes.set(new Uint8Array(whole.buffer), HEADER_BYTES);
  return bytes;
}

/** Null for anything else. */
function unpackPicture(bytes: Uint8Array): Picture | null {
  if (bytes.length < HEADER_BYTES) return null;
  if (new TextDecoder().decode(bytes.subarray(0, SIGNATURE.length)) !== SIGNATURE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + SIGNATURE.length);
  const [height, width, channels, bits] = [0, 4, 8, 12].map((at) => view.getUint32(at, true));
  const values = height * width * channels;
  if ((bits !== 8 && bits !== 16) || values === 0 || bytes.length !== HEADER_BYTES + (values * bits) / 8) return null;
  const pixels = bytes.slice(HEADER_BYTES);
  return picture(height, width, channels, unitPixels(bits === 8 ? pixels : new Uint16Array(pixels.buffer)));
}
