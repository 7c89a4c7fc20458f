import {
  cloneBehaviour,
  cloneInWorker,
  EpisodeWriter,
  Random,
  vectorObservation,
  type Demonstrations,
  type WorkerLike,
} from "../../../plugin/index.ts";

/** How cloning in a worker went. */
export interface CloningTrial {
  /** Of the page's tasks meanwhile, in milliseconds; 0 where none reached 50. */
  readonly longestTask: number;
  /** How often the page was told how it goes. */
  readonly reports: number;
  /** Whether it is the policy that cloning on the page itself gives, bit for bit. */
  readonly isSame: boolean;
}

/** Clones so many decisions in a worker, and then on the page. Let nothing else go on meanwhile. */
export async function tryCloning(makeWorker: () => WorkerLike, decisions: number): Promise<CloningTrial> {
  const shown = show(decisions);
  const options = { seed: 3, epochs: 8 };
  const tasks: PerformanceEntry[] = [];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  await rest();
  watch.observe({ type: "longtask" });
  let reports = 0;
  const there = await cloneInWorker(makeWorker, shown, { ...options, onProgress: () => (reports += 1) });
  await rest();
  tasks.push(...watch.takeRecords());
  watch.disconnect();
  const here = await cloneBehaviour(shown, options);
  const expected = here.toData().parameters;
  const isSame = there.toData().parameters.every((parameter, i) => parameter === expected[i]);
  return { longestTask: Math.max(0, ...tasks.map(({ duration }) => duration)), reports, isSame };
}

/** Somebody who goes where the first two of 40 numbers are. */
function show(decisions: number): Demonstrations {
  const role = {
    observation: vectorObservation(Array.from({ length: 40 }, (_, i) => `ray ${i}`)),
    action: { continuous: ["drive", "turn"], discrete: [] },
  };
  const writer = new EpisodeWriter(role);
  const random = new Random(1);
  const observations = new Float32Array(40);
  const continuous = new Float32Array(2);
  const row = {
    agents: 1,
    observations,
    masks: new Uint8Array(0),
    actions: { continuous, discrete: new Int32Array(0) },
  };
  const episodes = Array.from({ length: 10 }, () => {
    writer.clear();
    for (let i = 0; i < decisions / 10; i++) {
      for (let j = 0; j < 40; j++) observations[j] = random.between(-1, 1);
      continuous.set(observations.subarray(0, 2));
      writer.add(row, 0);
    }
    return writer.read();
  });
  return { role, decisionsPerSecond: 10, episodes };
}

/** Time for tasks that were asked for to be over, and told. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
