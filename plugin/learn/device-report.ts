import type { Device } from "../core/learner.ts";

/** What became of one device when a run looked for the fastest. */
export interface DeviceFigures {
  readonly device: Device;
  /** Milliseconds of one whole update of the run's shape, estimated from a few minibatches; null when it was not measured. */
  readonly milliseconds: number | null;
  /** Milliseconds until its learner was ready, e.g. for compiling kernels; null when there is none. */
  readonly startMilliseconds: number | null;
  /** Why it was not measured, or null. */
  readonly reason: string | null;
}

/** Where a run learns, and why there. Plain data. */
export interface DeviceReport {
  readonly device: Device;
  /** What the settings ask for; null when they leave it open. */
  readonly asked: Device | "auto" | null;
  /** For people, e.g. `"wasm" takes 3.1 ms an update, "webgpu" 12 ms`. */
  readonly reason: string;
  /** Those that were looked at; none unless the run was to find out. */
  readonly candidates: readonly DeviceFigures[];
}

/** All devices, in the order in which they are tried. */
export const DEVICES: readonly Device[] = ["wasm", "webgpu", "tfjs"];

/** Says how candidates fared, the fastest first. */
export function describeCandidates(candidates: readonly DeviceFigures[]): string {
  const measured = candidates.filter(({ milliseconds }) => milliseconds !== null);
  measured.sort((a, b) => a.milliseconds! - b.milliseconds!);
  const times = measured.map(({ device, milliseconds }, rank) => {
    const time = `${Number(milliseconds!.toPrecision(2))} ms`;
    return rank === 0 ? `"${device}" takes ${time} an update` : `"${device}" ${time}`;
  });
  const others = candidates.filter(({ reason }) => reason !== null);
  return [...times, ...others.map(({ device, reason }) => `not "${device}" (${reason!.replace(/\.$/, "")})`)].join(
    ", ",
  );
}
