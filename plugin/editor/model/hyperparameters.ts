import { CLONING, type NumberField, type PartForm, type PolicyData, type PpoOptions } from "../../index.ts";

/** A setting of a run whose useful values span powers of ten, or not. */
type HyperField = NumberField & { readonly logarithmic?: boolean };

const field = (name: string, title: string, hint: string, numbers: Partial<HyperField>): HyperField => ({
  type: "number",
  name,
  title,
  hint,
  unit: "",
  minimum: 0,
  maximum: 1,
  step: 0.01,
  initial: 0,
  ...numbers,
});

/** What a run can be set with, explained; names are those of `ppo()`. */
export const HYPERPARAMETERS: PartForm = {
  kind: "ppo",
  title: "How it learns",
  hint: "The presets suit most lessons. Change one number at a time, and compare the curves.",
  fields: [
    field(
      "decisions",
      "Practice",
      "How many decisions it learns from in all. More takes longer and gets better, up to a point.",
      {
        unit: "decisions",
        minimum: 10_000,
        maximum: 5_000_000,
        step: 10_000,
        initial: 200_000,
        whole: true,
        logarithmic: true,
      },
    ),
    field(
      "learningRate",
      "Learning rate",
      "Size of each step; falls to 0 until the end. Too high and it forgets what it knew, too low and it takes for ever.",
      {
        minimum: 1e-5,
        maximum: 1e-2,
        step: 1e-5,
        initial: 1e-3,
        logarithmic: true,
      },
    ),
    field(
      "entropyCoefficient",
      "Curiosity",
      "How much trying things out is rewarded. Raise it when it settles for a poor habit early.",
      {
        minimum: 1e-5,
        maximum: 0.1,
        step: 1e-5,
        initial: 0.002,
        logarithmic: true,
      },
    ),
    field(
      "discount",
      "Foresight",
      "How much a reward is worth one decision later. 0.9 looks 10 decisions ahead, 0.99 looks 100.",
      {
        minimum: 0.8,
        maximum: 0.999,
        step: 0.001,
        initial: 0.98,
      },
    ),
    field(
      "stepsPerRollout",
      "Steps between updates",
      "How long it watches before it learns. Longer is steadier, shorter learns sooner.",
      {
        unit: "steps",
        minimum: 16,
        maximum: 1024,
        step: 16,
        initial: 64,
        whole: true,
      },
    ),
    field(
      "minibatchSize",
      "Batch",
      "How many decisions each step of learning looks at. Larger is steadier and slower.",
      {
        unit: "rows",
        minimum: 32,
        maximum: 2048,
        step: 32,
        initial: 256,
        whole: true,
      },
    ),
    field(
      "epochs",
      "Passes",
      "How often it goes through what it saw. More learns faster from less; too many and it overdoes it.",
      {
        minimum: 1,
        maximum: 20,
        step: 1,
        initial: 6,
        whole: true,
      },
    ),
    field(
      "gaeLambda",
      "Trust in rewards",
      "0 trusts the critic's guesses, 1 trusts what really came. Rarely needs a change.",
      {
        minimum: 0.5,
        maximum: 1,
        step: 0.01,
        initial: 0.95,
      },
    ),
    field("clipRange", "Caution", "How far one update may move the policy. Smaller is safer and slower.", {
      minimum: 0.05,
      maximum: 0.5,
      step: 0.01,
      initial: 0.2,
    }),
    field(
      "criticWarmUp",
      "Critic first",
      "Counts only when it goes on from what was shown: for so many decisions only its critic learns. The critic has seen no reward yet, and would lead it astray.",
      {
        unit: "decisions",
        minimum: 0,
        maximum: 50_000,
        step: 1000,
        initial: 8000,
        whole: true,
      },
    ),
    field("seed", "Seed", "Fixes everything that is drawn by chance: the same seed gives the same run.", {
      maximum: 1000,
      step: 1,
      initial: 1,
      whole: true,
    }),
    {
      type: "choice",
      name: "device",
      title: "Learns on",
      hint: "Automatic measures what is there when the run begins, and takes the fastest. WASM repeats bit for bit.",
      choices: [
        { value: "auto", title: "Automatic" },
        { value: "wasm", title: "Processor (WASM)" },
        { value: "webgpu", title: "Graphics card (WebGPU)" },
      ],
      initial: "auto",
    },
  ],
};

/** Values of `HYPERPARAMETERS` by name. */
export type Hyperparameters = Readonly<Record<string, number | string>>;

/** Good beginnings for common lessons. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly change: Hyperparameters;
}

/** Every preset; what one does not name is as the form begins. */
export const PRESETS: readonly Preset[] = [
  { id: "quick", title: "Quick", hint: "A first try within a minute or two.", change: { decisions: 100_000 } },
  { id: "steady", title: "Steady", hint: "For most lessons.", change: {} },
  {
    id: "thorough",
    title: "Thorough",
    hint: "For walking, chasing, and whatever needs finesse: more practice, smaller steps.",
    change: {
      decisions: 1_000_000,
      learningRate: 3e-4,
      discount: 0.99,
      stepsPerRollout: 128,
      minibatchSize: 512,
      epochs: 4,
      entropyCoefficient: 0.001,
    },
  },
];

/** What a preset stands for, with all numbers. */
export function presetValues(preset: Preset): Hyperparameters {
  const initial = HYPERPARAMETERS.fields.map((each) => [each.name, (each as HyperField).initial] as const);
  return { ...Object.fromEntries(initial), ...preset.change };
}

/**
 * The same as options for `ppo()`.
 *
 * @param from - What the run starts from; null for nothing.
 */
export function toPpoOptions(
  { learningRate, criticWarmUp, ...values }: Hyperparameters,
  from: Pick<PolicyData, "birth"> | null,
): PpoOptions {
  const options: Readonly<Record<string, unknown>> = {
    ...values,
    learningRate: { from: Number(learningRate), to: 0 },
    criticWarmUp: isClone(from) ? criticWarmUp : 0,
  };
  return options;
}

/** Whether a policy comes from demonstrations alone, so that its critic was taught nothing. */
export function isClone(policy: Pick<PolicyData, "birth"> | null | undefined): boolean {
  return policy?.birth.algorithm === CLONING;
}
