import { gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import type { GradientRow } from "../gradients/table.ts";

const LARGEST_ERROR = 2e-3;
/** Numbers of each input that central differences look at. */
const COORDINATES = { full: 40, smoke: 4 };

/** `npm run bench -- gradients`. Writes tests/bench/gradients.md, unless it is a smoke run. */
const gradientsBench: GateGroup = {
  name: "gradients",
  describe: "Every operation's gradient on tfjs-cpu, wasm and webgpu against central differences.",
  async run(args: GateArguments): Promise<GateFigures> {
    const tf = await import("@tensorflow/tfjs");
    const { GRADIENT_CASES } = await import("../gradients/cases.ts");
    const { differentiate, finiteDifferences, relativeError } = await import("../gradients/gradient-case.ts");
    const { writeGradientTable } = await import("../gradients/table.ts");
    const { useWasmBackend } = await import("../../../plugin/nets/wasm-backend.ts");
    tf.enableProdMode();
    await useWasmBackend();

    args.log("Central differences on tfjs-cpu …");
    await tf.setBackend("cpu");
    const coordinates = args.smoke ? COORDINATES.smoke : COORDINATES.full;
    const expected = GRADIENT_CASES.map((one, place) => finiteDifferences(one, place, coordinates));

    const actual: Record<string, (readonly Float32Array[])[]> = {};
    for (const backend of ["cpu", "wasm"]) {
      args.log(`Gradients on tfjs-${backend} …`);
      await tf.setBackend(backend);
      actual[backend] = [];
      for (const [place, one] of GRADIENT_CASES.entries()) actual[backend].push(await differentiate(one, place));
    }
    const { chromium, gradients } = await differentiateInChromium(args);
    Object.assign(actual, gradients);

    const rows = GRADIENT_CASES.map(({ name }, place): GradientRow => {
      const errors = Object.entries(actual).map(([backend, all]) => [
        backend,
        relativeError(all[place], expected[place]),
      ]);
      return { name, errors: Object.fromEntries(errors) as Record<string, number> };
    });
    if (!args.smoke) writeGradientTable(rows, LARGEST_ERROR, chromium);
    const gates = Object.keys(actual).map((backend) => {
      const errors = rows.map((row) => row.errors[backend]);
      return gate(
        `${backend}: largest error of ${rows.length} operations`,
        Math.max(...errors),
        "",
        "<=",
        LARGEST_ERROR,
      );
    });
    const wrong = rows.filter(({ errors }) => !Object.values(errors).every((error) => error <= LARGEST_ERROR));
    return {
      gates,
      coordinates,
      chromium,
      wrong,
      errors: Object.fromEntries(rows.map((row) => [row.name, row.errors])),
    };
  },
};

export default gradientsBench;

interface InChromium {
  readonly chromium: string;
  readonly gradients: Readonly<Record<string, (readonly Float32Array[])[]>>;
}

async function differentiateInChromium(args: GateArguments): Promise<InChromium> {
  const { buildSite } = await import("../pages/build-page.ts");
  const { launchChromium, openPage, serveSite } = await import("../../browser/harness.ts");
  args.log("Building the page …");
  const built = await buildSite({ root: new URL("../pages/", import.meta.url), page: "gradients.html" });
  const site = await serveSite({ folder: built.folder });
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, `${site.url}gradients.html`);
    const gradients: Record<string, (readonly Float32Array[])[]> = {};
    for (const backend of ["wasm", "webgpu"] as const) {
      args.log(`Gradients on tfjs-${backend} in Chromium …`);
      const read = await page.evaluate((name) => globalThis.differentiateAll(name), backend);
      const all = read.map((inputs) => inputs.map((values) => Float32Array.from(values)));
      gradients[backend === "wasm" ? "wasm in Chromium" : backend] = all;
    }
    return { chromium: browser.version(), gradients };
  } finally {
    await browser.close();
    await site.close();
    await built.remove();
  }
}
