/** What a picture file's first bytes tell. */
export interface PictureFacts {
  readonly kind: "PNG" | "JPEG" | "WebP" | "GIF" | "BMP" | "AVIF";
  /** Columns and rows as stored, before the camera's orientation. */
  readonly width: number;
  readonly height: number;
  /** Whether the camera was held sideways, so that columns and rows change places when it is shown. */
  readonly isSideways: boolean;
  /** Whether it has more than one frame. */
  readonly isAnimated: boolean;
  /** Bits of a channel; 8 where the file does not say. */
  readonly depth: number;
}

/** Bytes with bounds: beyond the end lies nothing, which the caller is told. */
export class FileHead {
  readonly #view: DataView;
  readonly length: number;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.byteLength;
  }

  has(offset: number, count: number): boolean {
    return offset >= 0 && offset + count <= this.length;
  }

  byte(offset: number): number {
    return this.#view.getUint8(offset);
  }

  word(offset: number, littleEndian = false): number {
    return this.#view.getUint16(offset, littleEndian);
  }

  long(offset: number, littleEndian = false): number {
    return this.#view.getUint32(offset, littleEndian);
  }

  signed(offset: number, littleEndian = false): number {
    return this.#view.getInt32(offset, littleEndian);
  }

  /** Whether these Latin-1 characters stand there. */
  says(offset: number, text: string): boolean {
    if (!this.has(offset, text.length)) return false;
    for (let i = 0; i < text.length; i++) if (this.byte(offset + i) !== text.charCodeAt(i)) return false;
    return true;
  }
}
