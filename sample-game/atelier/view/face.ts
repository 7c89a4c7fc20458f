import { element } from "../../shell/element.ts";

const HEADER = 54;

/** A small picture made of numbers. It is a Windows bitmap: drawing canvases wait for the GPU's process, pictures do not. */
export function createFace(className = ""): HTMLImageElement {
  return element("img", { class: className, attributes: { alt: "", "aria-hidden": "true", draggable: "false" } });
}

/** Shows other pixels, sRGB with alpha that is not looked at, [height, width, 4]. */
export function setFace(face: HTMLImageElement, pixels: Uint8ClampedArray, width: number, height: number): void {
  const url = URL.createObjectURL(new Blob([bitmapOf(pixels, width, height)], { type: "image/bmp" }));
  // Once it is decoded, the file is not needed any more.
  face.onload = face.onerror = () => URL.revokeObjectURL(url);
  face.src = url;
}

/** An uncompressed bitmap file, rows from above. */
function bitmapOf(pixels: Uint8ClampedArray, width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER + pixels.length);
  const header = new DataView(file.buffer);
  header.setUint16(0, 0x424d);
  header.setUint32(2, file.length, true);
  header.setUint32(10, HEADER, true);
  header.setUint32(14, 40, true);
  header.setInt32(18, width, true);
  header.setInt32(22, -height, true); // negative: rows from above
  header.setUint16(26, 1, true);
  header.setUint16(28, 32, true);
  header.setUint32(34, pixels.length, true);
  for (let from = 0, to = HEADER; from < pixels.length; from += 4, to += 4) {
    file[to] = pixels[from + 2];
    file[to + 1] = pixels[from + 1];
    file[to + 2] = pixels[from];
    file[to + 3] = 255;
  }
  return file;
}
