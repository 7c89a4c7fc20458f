/** The GPU device went away in the middle of something: driver reset, `device.destroy()`, a laptop that changed its GPU. */
export class DeviceLostError extends Error {
  override readonly name = "DeviceLostError";
}

/** Says that a device is gone. */
export function deviceLost(who: string, info: GPUDeviceLostInfo): DeviceLostError {
  const why = info.message.trim() === "" ? info.reason : `${info.reason}: ${info.message.trim()}`;
  return new DeviceLostError(
    `${who}: needed its GPU device, came the news that it is lost (${why}). Go on from readState() with a learner on a new device or on WASM.`,
  );
}
