import { ConfigurationError, UnsupportedError } from "../core/errors.ts";
import type { Device, PpoLearner, PpoUpdateResult } from "../core/learner.ts";
import { imageSize } from "../core/observation-spec.ts";
import { DEVICES, describeCandidates, type DeviceFigures, type DeviceReport } from "./device-report.ts";
import { factoryFor, type LearnerFactories, type LearnerOptions } from "./learner-factories.ts";
import { measureLearner, type LearnerMeasurement, type UpdateShape } from "./measure-learner.ts";

/** Milliseconds of measuring, all candidates together; making their learners comes on top. */
const BUDGET = 240;
/** How far results may lie apart, over 1 plus their size: a learner that computes something else is not fast. */
const LARGEST_DIFFERENCE = 1e-3;

/** What a learner is wanted for. */
export interface LearnerRequest extends UpdateShape, Pick<LearnerOptions, "longestSubmitMilliseconds"> {
  /** Where a run that goes on has learned before; null for a new one. */
  readonly before: Device | null;
}

/** A learner that is ready, and why it is this one. */
export interface ChosenLearner {
  readonly learner: PpoLearner;
  readonly report: DeviceReport;
}

/**
 * Makes the learner of a run: on the device that its settings name or that it learned on before, else on WASM for numbers and
 * on TensorFlow.js for pictures. With `"auto"`, it measures who is fastest at updates of the run's shape.
 *
 * @throws UnsupportedError for a named device that cannot be had; with `"auto"`, when none can.
 */
export async function chooseLearner(request: LearnerRequest, factories: LearnerFactories = {}): Promise<ChosenLearner> {
  const { role, settings, before } = request;
  const asked = settings.device ?? null;
  if (before === null && asked === "auto") return chooseFastest(request, DEVICES, factories);
  try {
    if (before !== null) return await take(request, before, "as in the checkpoint", factories);
    if (asked !== null && asked !== "auto") return await take(request, asked, "as the settings say", factories);
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    if (asked !== "auto") {
      const advice = before === null ? 'Leave device out, or take "auto"' : 'Resume with device "auto"';
      throw new UnsupportedError(
        `teach: needed a learner on "${before ?? asked}", came the refusal "${error.message}". ${advice}.`,
        { cause: error },
      );
    }
    const others = DEVICES.filter((device) => device !== before);
    const chosen = await chooseFastest(request, others, factories);
    const refused = { device: before!, milliseconds: null, startMilliseconds: null, reason: error.message };
    const candidates = [...chosen.report.candidates, refused];
    return { ...chosen, report: { ...chosen.report, candidates, reason: describeCandidates(candidates) } };
  }
  const hasPictures = imageSize(role.observation) > 0;
  return hasPictures
    ? take(request, "tfjs", "the default for pictures", factories)
    : take(request, "wasm", "the default for numbers", factories);
}

async function take(
  request: LearnerRequest,
  device: Device,
  reason: string,
  factories: LearnerFactories,
): Promise<ChosenLearner> {
  const learner = await make(request, device, factories);
  const asked = request.settings.device ?? null;
  return { learner, report: { device, asked, reason: withDetail(reason, learner), candidates: [] } };
}

async function make(request: LearnerRequest, device: Device, factories: LearnerFactories): Promise<PpoLearner> {
  const { role, settings, longestSubmitMilliseconds } = request;
  const { seed, fastMath } = settings;
  return factoryFor(device, factories)(role, settings.network, { seed, fastMath, longestSubmitMilliseconds });
}

interface Candidate {
  readonly learner: PpoLearner;
  readonly startMilliseconds: number;
}

/** @param devices - In the order in which they are tried. */
async function chooseFastest(
  request: LearnerRequest,
  devices: readonly Device[],
  factories: LearnerFactories,
): Promise<ChosenLearner> {
  const ready = new Map<Device, Candidate>();
  const figures = new Map<Device, DeviceFigures>();
  const refuse = (device: Device, reason: string): void => {
    const startMilliseconds = ready.get(device)?.startMilliseconds ?? null;
    ready.get(device)?.learner.dispose();
    ready.delete(device);
    figures.set(device, { device, milliseconds: null, startMilliseconds, reason });
  };

  // Step 1. Who can be had?
  for (const device of devices) {
    if (device === "tfjs" && ready.size > 0) {
      refuse(device, "fused kernels take this network, and loading TensorFlow.js lasts longer than it could save");
      continue;
    }
    const start = performance.now();
    try {
      const learner = await make(request, device, factories);
      ready.set(device, { learner, startMilliseconds: performance.now() - start });
    } catch (error) {
      if (error instanceof ConfigurationError) throw error; // it would be refused everywhere
      refuse(device, messageOf(error));
    }
  }

  // Step 2. Who is fast? The only one need not show it.
  const measured = ready.size > 1 ? [...ready.keys()] : [];
  let reference: PpoUpdateResult | null = null;
  for (const device of measured) {
    const { learner, startMilliseconds } = ready.get(device)!;
    try {
      const { milliseconds, result }: LearnerMeasurement = await measureLearner(learner, request, BUDGET / ready.size);
      const complaint = compare(result, reference);
      if (complaint !== null) {
        refuse(device, complaint);
        continue;
      }
      reference ??= result;
      figures.set(device, { device, milliseconds, startMilliseconds, reason: null });
    } catch (error) {
      refuse(device, messageOf(error));
    }
  }

  // Step 3. Take the fastest.
  for (const [device, { startMilliseconds }] of ready) {
    if (!figures.has(device)) figures.set(device, { device, milliseconds: null, startMilliseconds, reason: null });
  }
  const candidates = [...figures.values()];
  const time = (device: Device): number => figures.get(device)!.milliseconds ?? Number.POSITIVE_INFINITY;
  const [device, ...losers] = [...ready.keys()].sort((a, b) => time(a) - time(b));
  if (device === undefined) {
    throw new UnsupportedError(
      `teach: needed a device that can learn this, came none: ${describeCandidates(candidates)}. Change the network or the browser.`,
    );
  }
  for (const loser of losers) ready.get(loser)!.learner.dispose();
  let { learner } = ready.get(device)!;
  if (device === "wasm" && measured.length > 0) {
    // Kernel memory only grows: a new learner has none of the measuring's.
    learner.dispose();
    learner = await make(request, device, factories);
  }
  const reason = time(device) < Number.POSITIVE_INFINITY ? "" : `"${device}" is the only one, `;
  const told = withDetail(reason + describeCandidates(candidates), learner);
  return { learner, report: { device, asked: "auto", reason: told, candidates } };
}

function withDetail(reason: string, { detail }: PpoLearner): string {
  return detail === undefined ? reason : `${reason} (${detail})`;
}

/** What is wrong with a result, by itself or beside another one, or null. */
function compare(result: PpoUpdateResult, reference: PpoUpdateResult | null): string | null {
  if (result.firstBad !== null) return `its ${result.firstBad} is not a finite number`;
  if (!reference) return null;
  for (const key of ["policyLoss", "valueLoss", "entropy", "approximateKl", "gradientNorm"] as const) {
    const difference = Math.abs(result[key] - reference[key]) / (1 + Math.abs(reference[key]));
    if (!(difference <= LARGEST_DIFFERENCE)) return `its ${key} is ${result[key]}, and another's ${reference[key]}`;
  }
  return null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
