import type { Page } from "playwright-core";
import type {
  LearnerState,
  PpoBatch,
  PpoLearner,
  PpoUpdateResult,
  PpoUpdateSettings,
} from "../../../plugin/core/learner.ts";
import type { NetworkSpec } from "../../../plugin/core/network-spec.ts";
import type { NormaliserState } from "../../../plugin/core/policy.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import type { CreateOptions } from "../../browser/pages/webgpu-learner.ts";

/** A WebGPU learner that lives on a browser's page, where WebGPU is. Its calls are carried out in their order. */
export class RemoteLearner implements PpoLearner {
  readonly device = "webgpu";
  readonly role: RoleSpec;
  readonly network: NetworkSpec;
  /** By which the page knows it. */
  readonly number: number;
  readonly #page: Page;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(page: Page, role: RoleSpec, network: NetworkSpec, number: number) {
    this.#page = page;
    this.role = role;
    this.network = network;
    this.number = number;
  }

  /** @param page - Has `webgpu-learner.html` open. */
  static async create(
    page: Page,
    role: RoleSpec,
    network: NetworkSpec,
    options: CreateOptions = {},
  ): Promise<RemoteLearner> {
    const ask = [role, network, options] as const;
    return new RemoteLearner(page, role, network, await page.evaluate((a) => globalThis.webGpuPage.create(...a), ask));
  }

  async update(batch: PpoBatch, settings: PpoUpdateSettings): Promise<PpoUpdateResult> {
    const ask = [this.number, batch, settings] as const;
    return this.#afterwards(() => this.#page.evaluate((a) => globalThis.webGpuPage.update(...a), ask));
  }

  setNormaliser(normaliser: NormaliserState): void {
    const ask = [this.number, normaliser] as const;
    void this.#afterwards(() => this.#page.evaluate((a) => globalThis.webGpuPage.setNormaliser(...a), ask));
  }

  async readState(): Promise<LearnerState> {
    return this.#afterwards(() => this.#page.evaluate((a) => globalThis.webGpuPage.readState(a), this.number));
  }

  writeState(state: LearnerState): void {
    const ask = [this.number, state] as const;
    void this.#afterwards(() => this.#page.evaluate((a) => globalThis.webGpuPage.writeState(...a), ask));
  }

  dispose(): void {
    void this.#afterwards(() => this.#page.evaluate((a) => globalThis.webGpuPage.dispose(a), this.number));
  }

  #afterwards<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#last.then(call);
    this.#last = result.catch(() => {});
    return result;
  }
}
