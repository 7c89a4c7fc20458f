import { UnsupportedError } from "../../core/errors.ts";
import { deviceLost } from "./device-errors.ts";

/** Milliseconds within which a device that failed says whether it is lost. */
const NEWS_OF_LOSS = 100;

/** Knows whether a device is still there and content. */
export class DeviceWatch {
  readonly #who: string;
  #lossInfo: GPUDeviceLostInfo | null = null;
  /** Ends what waits for the device, when it is lost. */
  #giveUp: (() => void) | null = null;
  #complaint: string | null = null;

  /**
   * @param who - Named at the start of messages.
   * @param isOwn - Whether nobody else uses the device, so that errors that nobody caught are ours.
   */
  constructor(device: GPUDevice, who: string, isOwn: boolean) {
    this.#who = who;
    void device.lost.then((info) => {
      this.#lossInfo = info;
      this.#giveUp?.();
    });
    if (isOwn) device.addEventListener("uncapturederror", ({ error }) => (this.#complaint ??= error.message));
  }

  /** @throws DeviceLostError when the device is lost, UnsupportedError when it has complained. */
  assertWell(): void {
    if (this.#lossInfo) throw deviceLost(this.#who, this.#lossInfo);
    if (this.#complaint !== null) this.assertAccepted({ message: this.#complaint });
  }

  /** @throws UnsupportedError for a complaint of the device, which names the kernel. */
  assertAccepted(complaint: { readonly message: string } | null): void {
    if (!complaint) return;
    throw new UnsupportedError(
      `${this.#who}: needed a device that takes its commands, came "${complaint.message}". Use the WASM learner.`,
    );
  }

  /** Waits for the device, one wait at a time. @throws DeviceLostError when it goes away meanwhile. */
  async unlessLost<T>(work: Promise<T>): Promise<T> {
    const lost = new Promise<null>((resolve) => (this.#giveUp = () => resolve(null)));
    try {
      const result = await Promise.race([work, lost]);
      if (!this.#lossInfo) return result as T;
    } catch (error) {
      // What waits for a device may fail a moment before the news of its loss arrives.
      await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, NEWS_OF_LOSS))]);
      if (!this.#lossInfo) throw error;
    } finally {
      this.#giveUp = null;
    }
    throw deviceLost(this.#who, this.#lossInfo);
  }
}
