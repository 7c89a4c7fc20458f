import { Quaternion } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";

/** Position and rotation: numbers of one node's pose. */
const POSE = 7;

/** Where a node stood before it was posed, to the last bit. */
interface LivePose {
  readonly numbers: Float64Array;
  quaternion: Quaternion | null;
}

/** The last poses of some nodes, in their parents' coordinates, in a ring. Scaling is not recorded. */
export class PoseTrack {
  readonly #capacity: number;
  readonly #times: Float64Array;
  readonly #nodes: TransformNode[] = [];
  readonly #poses: Float32Array[] = [];
  /** Number of the sample at which each node came in. */
  readonly #since: number[] = [];
  readonly #live = new Map<TransformNode, LivePose>();
  readonly #from = new Quaternion();
  readonly #to = new Quaternion();
  #next = 0;

  /** @param capacity - How many samples are kept. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#times = new Float64Array(capacity);
  }

  get nodes(): readonly TransformNode[] {
    return this.#nodes;
  }

  /** Seconds of the oldest and of the newest sample; both NaN before the first. */
  get begin(): number {
    return this.#next === 0 ? Number.NaN : this.#times[Math.max(0, this.#next - this.#capacity) % this.#capacity];
  }

  get end(): number {
    return this.#next === 0 ? Number.NaN : this.#times[(this.#next - 1) % this.#capacity];
  }

  /** Records that node too from now on. */
  add(node: TransformNode): void {
    if (this.#nodes.includes(node)) return;
    this.#nodes.push(node);
    this.#poses.push(new Float32Array(this.#capacity * POSE));
    this.#since.push(this.#next);
  }

  /** Forgets that node and its poses. */
  remove(node: TransformNode): void {
    const index = this.#nodes.indexOf(node);
    if (index < 0) return;
    this.#nodes.splice(index, 1);
    this.#poses.splice(index, 1);
    this.#since.splice(index, 1);
    this.#live.delete(node);
  }

  /** Writes all poses down. Allocates nothing. */
  record(at: number): void {
    const slot = this.#next % this.#capacity;
    this.#times[slot] = at;
    for (let n = 0; n < this.#nodes.length; n++) {
      const { position, rotation, rotationQuaternion } = this.#nodes[n];
      const pose = this.#poses[n];
      const p = slot * POSE;
      if (!rotationQuaternion) Quaternion.RotationYawPitchRollToRef(rotation.y, rotation.x, rotation.z, this.#from);
      const turned = rotationQuaternion ?? this.#from;
      pose[p] = position.x;
      pose[p + 1] = position.y;
      pose[p + 2] = position.z;
      pose[p + 3] = turned.x;
      pose[p + 4] = turned.y;
      pose[p + 5] = turned.z;
      pose[p + 6] = turned.w;
    }
    this.#next += 1;
  }

  /** Poses every node as it was at a time, between two samples in proportion. The first call remembers the live poses. */
  show(seconds: number): void {
    const after = this.#sampleAfter(seconds);
    const first = Math.max(0, this.#next - this.#capacity);
    const before = Math.max(first, after - 1);
    const [t0, t1] = [this.#times[before % this.#capacity], this.#times[after % this.#capacity]];
    const share = t1 > t0 ? Math.min(1, Math.max(0, (seconds - t0) / (t1 - t0))) : 0;
    for (let n = 0; n < this.#nodes.length; n++) {
      const node = this.#nodes[n];
      if (node.isDisposed() || this.#since[n] > before) continue;
      this.#keepLive(node);
      const pose = this.#poses[n];
      const a = (before % this.#capacity) * POSE;
      const b = (after % this.#capacity) * POSE;
      const between = (i: number): number => pose[a + i] + (pose[b + i] - pose[a + i]) * share;
      this.#from.set(pose[a + 3], pose[a + 4], pose[a + 5], pose[a + 6]);
      this.#to.set(pose[b + 3], pose[b + 4], pose[b + 5], pose[b + 6]);
      node.position.set(between(0), between(1), between(2));
      node.rotationQuaternion ??= new Quaternion();
      Quaternion.SlerpToRef(this.#from, this.#to, share, node.rotationQuaternion);
      node.computeWorldMatrix(true);
    }
  }

  /** Puts every node back where it was before the first `show`, to the last bit. */
  restore(): void {
    for (const [node, { numbers, quaternion }] of this.#live) {
      if (node.isDisposed()) continue;
      node.position.set(numbers[0], numbers[1], numbers[2]);
      if (quaternion) quaternion.set(numbers[6], numbers[7], numbers[8], numbers[9]);
      node.rotationQuaternion = quaternion;
      // Babylon.js 9.35 clears the Euler angles of a node that gets a quaternion.
      node.rotation.set(numbers[3], numbers[4], numbers[5]);
      node.computeWorldMatrix(true);
    }
    this.#live.clear();
  }

  #keepLive(node: TransformNode): void {
    if (this.#live.has(node)) return;
    const { position: p, rotation: r, rotationQuaternion: q } = node;
    const numbers = Float64Array.of(p.x, p.y, p.z, r.x, r.y, r.z, q?.x ?? 0, q?.y ?? 0, q?.z ?? 0, q?.w ?? 1);
    this.#live.set(node, { numbers, quaternion: q });
  }

  /** Number of the first sample at or after a time; the newest where there is none. */
  #sampleAfter(seconds: number): number {
    let low = Math.max(0, this.#next - this.#capacity);
    let high = this.#next - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#times[middle % this.#capacity] >= seconds) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
