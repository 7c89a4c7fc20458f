import { ConfigurationError } from "../core/errors.ts";
import type { KernelMemory } from "./kernel-memory.ts";

/** The pictures of a batch, cut into chunks. */
interface Parts {
  readonly agents: number;
  readonly chunks: readonly Uint8Array[];
}

/** Where the pictures of one chunk of agents lie in kernel memory, and how they come there. */
export class PictureRows {
  readonly #memory: KernelMemory;
  readonly #rowBytes: number;
  readonly #chunk: number;
  /** The chunks of arrays that were copied before: most callers give the same ones again, in turns. */
  readonly #known = new WeakMap<Uint8Array, Parts>();
  #capacity = 0;
  #address = 0;
  #view: Uint8Array = new Uint8Array(0);

  /**
   * @param rowBytes - Of all pictures of one agent.
   * @param chunk - Most agents whose pictures are there at a time.
   */
  constructor(memory: KernelMemory, rowBytes: number, chunk: number) {
    this.#memory = memory;
    this.#rowBytes = rowBytes;
    this.#chunk = chunk;
  }

  /** Address of the first agent's row. */
  get address(): number {
    return this.#address;
  }

  /** Makes room for a batch. Call `view` afterwards. */
  reserve(agents: number): void {
    const capacity = Math.min(agents, this.#chunk);
    if (capacity <= this.#capacity) return;
    this.#capacity = capacity;
    this.#address = this.#memory.reserve(Math.ceil((capacity * this.#rowBytes) / 4));
  }

  /** Renews the view of the memory, which may have grown. */
  view(): void {
    this.#view = this.#memory.bytes(this.#address, this.#capacity * this.#rowBytes);
  }

  /** @throws ConfigurationError for pictures that are missing, or fewer than the agents need. */
  assertEnough(images: Uint8Array | undefined, agents: number, who: string): asserts images is Uint8Array {
    const needed = agents * this.#rowBytes;
    if (images && images.length >= needed) return;
    throw new ConfigurationError(
      `${who}: needed ${needed} bytes of pictures for ${agents} agents, came ${images?.length ?? "none"}. Give it images with ${this.#rowBytes} bytes for each agent.`,
    );
  }

  /** Copies the pictures of one chunk. Allocates only for an array that is new, or comes with other agents than before. */
  copy(images: Uint8Array, agents: number, first: number): void {
    let parts = this.#known.get(images);
    if (parts?.agents !== agents) {
      parts = this.#cut(images, agents);
      this.#known.set(images, parts);
    }
    this.#view.set(parts.chunks[first / this.#chunk]);
  }

  #cut(images: Uint8Array, agents: number): Parts {
    const chunks: Uint8Array[] = [];
    for (let from = 0; from < agents; from += this.#chunk) {
      const to = Math.min(agents, from + this.#chunk);
      chunks.push(images.subarray(from * this.#rowBytes, to * this.#rowBytes));
    }
    return { agents, chunks };
  }
}
