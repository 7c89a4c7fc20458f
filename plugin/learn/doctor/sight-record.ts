import { crc32 } from "../../core/container.ts";
import type { Rollout } from "../rollout.ts";
import type { Evidence } from "./evidence.ts";

/** Rows of one rollout whose sight is compared with the next one, and starts that are compared, at most. */
const MOST_SIGHTS = 64;
/** Comparisons of sights in all: what agents learn to do later, e.g. to stand still, says nothing about the world. */
const ENOUGH_SIGHTS = 4_096;
const MOST_STARTS = 16;

/** The first start of every agent of a worker. */
interface FirstStarts {
  readonly has: Uint8Array;
  readonly observations: Float32Array;
  /** Checksums, since pictures would fill the memory. */
  readonly pictures: Uint32Array;
}

/** Whether sights change from one decision to the next, and from one start of an episode to the next. */
export class SightRecord {
  readonly #first: FirstStarts[] = [];
  #starts = 0;
  #startsVaried = false;
  #compared = 0;
  #same = 0;
  #rollouts = 0;

  /** @param worker - Which worker's rollout it is. */
  note(worker: number, rollout: Rollout): void {
    const { steps, agents, observations, images } = rollout;
    const width = observations.length / (steps * agents);
    const bytes = images.length / (steps * agents);
    if (this.#compared < ENOUGH_SIGHTS) this.#noteSights(rollout, width, bytes);
    if (!this.#startsVaried) this.#noteStarts(worker, rollout, width, bytes);
  }

  #noteSights(rollout: Rollout, width: number, bytes: number): void {
    const { steps, agents, active, terminated, truncated, observations, images } = rollout;
    const rows = (steps - 1) * agents;
    const stride = Math.ceil(rows / MOST_SIGHTS);
    let [compared, same] = [0, 0];
    for (let row = this.#rollouts++ % stride; row < rows; row += stride) {
      const next = row + agents;
      if (active[row] === 0 || active[next] === 0 || terminated[row] === 1 || truncated[row] === 1) continue;
      compared += 1;
      if (isSame(observations, row, next, width) && isSame(images, row, next, bytes)) same += 1;
    }
    this.#compared += compared;
    this.#same += same;
  }

  #noteStarts(worker: number, rollout: Rollout, width: number, bytes: number): void {
    const { steps, agents, active, terminated, truncated, observations, images } = rollout;
    const first = (this.#first[worker] ??= {
      has: new Uint8Array(agents),
      observations: new Float32Array(agents * width),
      pictures: new Uint32Array(agents),
    });
    let looks = 0;
    for (let row = 0; row < (steps - 1) * agents && looks < MOST_STARTS; row++) {
      if (terminated[row] === 0 && truncated[row] === 0) continue;
      const start = row + agents;
      if (active[row] === 0 || active[start] === 0) continue;
      const agent = row % agents;
      looks += 1;
      const sum = bytes === 0 ? 0 : crc32(images.subarray(start * bytes, (start + 1) * bytes));
      if (first.has[agent] === 0) {
        first.has[agent] = 1;
        for (let i = 0; i < width; i++) first.observations[agent * width + i] = observations[start * width + i];
        first.pictures[agent] = sum;
        continue;
      }
      this.#starts += 1;
      let isAlike = first.pictures[agent] === sum;
      for (let i = 0; i < width && isAlike; i++) {
        isAlike = first.observations[agent * width + i] === observations[start * width + i];
      }
      if (!isAlike) this.#startsVaried = true;
    }
  }

  evidence(): Pick<Evidence, "starts" | "sights"> {
    return {
      starts: { compared: this.#starts, varied: this.#startsVaried },
      sights: { compared: this.#compared, same: this.#same },
    };
  }
}

function isSame(values: Float32Array | Uint8Array, row: number, other: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (values[row * width + i] !== values[other * width + i]) return false;
  return true;
}
