/** How a picture is made of what a camera saw. */
export interface PictureShape {
  readonly width: number;
  readonly height: number;
  /** 3 for red, green and blue, 1 for grey. */
  readonly channels: 1 | 3;
  /** How many pictures lie in one, the newest first. */
  readonly stack: number;
}

/** Pixels as a GPU gives them: red, green, blue, alpha; the lowest row first. */
export interface Pixels {
  readonly bytes: Uint8Array;
  /** Where the picture's lowest row begins, in bytes. */
  readonly offset: number;
  readonly bytesPerRow: number;
}

/** The last few pictures of a camera, [height, width, channels × stack], the highest row first. */
export class PictureStack {
  readonly bytes: Uint8Array;
  readonly #shape: PictureShape;
  #empty = true;

  constructor(shape: PictureShape) {
    this.#shape = shape;
    this.bytes = new Uint8Array(shape.width * shape.height * shape.channels * shape.stack);
  }

  /** Whether nothing has been seen yet: all is black. */
  get isEmpty(): boolean {
    return this.#empty;
  }

  /** Forgets all pictures: the next one stands for the earlier ones too. */
  clear(): void {
    this.#empty = true;
    this.bytes.fill(0);
  }

  /** Takes a new picture and forgets the oldest. Allocates nothing. */
  push({ bytes: from, offset, bytesPerRow }: Pixels): void {
    const { width, height, channels, stack } = this.#shape;
    const { bytes } = this;
    const depth = channels * stack;
    let to = 0;
    for (let row = 0; row < height; row++) {
      let at = offset + (height - 1 - row) * bytesPerRow;
      for (let column = 0; column < width; column++) {
        for (let i = depth - 1; i >= channels; i--) bytes[to + i] = bytes[to + i - channels];
        if (channels === 3) {
          bytes[to] = from[at];
          bytes[to + 1] = from[at + 1];
          bytes[to + 2] = from[at + 2];
        } else {
          bytes[to] = greyOf(from[at], from[at + 1], from[at + 2]);
        }
        if (this.#empty) for (let i = channels; i < depth; i++) bytes[to + i] = bytes[to + i - channels];
        at += 4;
        to += depth;
      }
    }
    this.#empty = false;
  }
}

/**
 * How bright a colour looks: the weights of ITU-R BT.601 in whole 256ths, so that a shader computes the same byte.
 * All arguments and the result are bytes.
 */
export function greyOf(red: number, green: number, blue: number): number {
  return (77 * red + 150 * green + 29 * blue + 128) >> 8;
}
