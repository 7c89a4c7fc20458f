import { ConfigurationError } from "../core/errors.ts";
import type { KernelMemory } from "./kernel-memory.ts";

/** Where the pictures of one chunk of agents lie in kernel memory, and how they come there. */
export class PictureRows {
  readonly #memory: KernelMemory;
  readonly #rowBytes: number;
  readonly #chunk: number;
  /** The chunks of the array that was copied last: most callers give the same one again. */
  readonly #parts: Uint8Array[] = [];
  #agents = 0;
  #capacity = 0;
  #address = 0;
  #view: Uint8Array = new Uint8Array(0);
  #images: Uint8Array | null = null;

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

  /** Copies the pictures of one chunk. Allocates only for an array or a number of agents that is new. */
  copy(images: Uint8Array, agents: number, first: number): void {
    if (images !== this.#images || agents !== this.#agents) {
      this.#images = images;
      this.#agents = agents;
      this.#parts.length = 0;
      for (let from = 0; from < agents; from += this.#chunk) {
        const to = Math.min(agents, from + this.#chunk);
        this.#parts.push(images.subarray(from * this.#rowBytes, to * this.#rowBytes));
      }
    }
    this.#view.set(this.#parts[first / this.#chunk]);
  }
}
