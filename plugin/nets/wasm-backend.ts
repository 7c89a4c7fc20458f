import * as tf from "@tensorflow/tfjs";
import { ConfigurationError, UnsupportedError } from "../core/errors.ts";
import { repairGradients } from "./repair-gradients.ts";
import { registerWasmKernels } from "./wasm-kernels/register.ts";

/** Where TensorFlow.js finds its WebAssembly. */
export interface WasmBackendOptions {
  /**
   * Where tfjs-backend-wasm-simd.wasm lies. Needed on pages and in their workers; Node finds the file in node_modules.
   *
   * With Vite: `import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url"`.
   */
  readonly wasmUrl?: string | URL;
}

let loading: Promise<void> | undefined;

/**
 * Makes TensorFlow.js compute on WebAssembly, with one thread and with the kernels that learning needs.
 *
 * May be called often: the file is fetched once, and "wasm" is the current backend after every call.
 *
 * @throws ConfigurationError on a page without `wasmUrl`.
 * @throws UnsupportedError when the package "@tensorflow/tfjs-backend-wasm" is not installed, when there is no WebAssembly
 * module at `wasmUrl`, without SIMD, or when somebody has started tfjs-wasm with threads.
 */
export async function useWasmBackend({ wasmUrl }: WasmBackendOptions = {}): Promise<void> {
  loading ??= start(wasmUrl).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  await loading;
  await tf.setBackend("wasm");
}

async function start(wasmUrl: string | URL | undefined): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm").catch((cause: unknown) => {
    throw new UnsupportedError(
      `useWasmBackend: needed the package "@tensorflow/tfjs-backend-wasm", came "${reason(cause)}". Install it: npm i @tensorflow/tfjs-backend-wasm@4.22.0.`,
      { cause },
    );
  });
  if (!("wasm" in tf.engine().registry)) {
    if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
      throw new UnsupportedError(
        "useWasmBackend: needed WebAssembly SIMD, came a browser without it. Use Chrome 91, Firefox 113, Safari 16.4 or later.",
      );
    }
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false); // shared memory would need other kernels, and a second file
    if (!tf.env().getBool("IS_NODE")) {
      if (wasmUrl === undefined) {
        throw new ConfigurationError(
          "useWasmBackend: needed wasmUrl, came nothing. Copy tfjs-backend-wasm-simd.wasm from @tensorflow/tfjs-backend-wasm/dist to the site and pass its URL.",
        );
      }
      await checkModule(wasmUrl);
      // It wants a place for each of its files, and fetches the one that fits: SIMD without threads.
      const names = ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm-threaded-simd.wasm"];
      setWasmPaths(Object.fromEntries(names.map((name) => [name, String(wasmUrl)])));
    }
    await startBackend();
  }
  await registerWasmKernels();
  repairGradients();
}

/** Starts the backend; when that fails, the one before stays current. */
async function startBackend(): Promise<void> {
  const before = tf.getBackend();
  if (await tf.setBackend("wasm")) return;
  if (before) await tf.setBackend(before);
  throw new UnsupportedError(
    "useWasmBackend: needed tfjs-wasm to start, came a failure that TensorFlow.js has logged. Use @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm of the same version, 4.22.0.",
  );
}

/** TensorFlow.js only logs what is wrong with its file, and then hangs or fails without a reason. */
async function checkModule(url: string | URL): Promise<void> {
  const needed = `useWasmBackend: needed tfjs-backend-wasm-simd.wasm at "${String(url)}"`;
  const advice = "Copy the file from @tensorflow/tfjs-backend-wasm/dist to the site and pass its URL.";
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin" });
  } catch (cause) {
    throw new UnsupportedError(`${needed}, came no answer. ${advice}`, { cause });
  }
  if (!response.ok) throw new UnsupportedError(`${needed}, came HTTP ${response.status}. ${advice}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength < 4 || new DataView(bytes).getUint32(0) !== 0x0061736d) {
    throw new UnsupportedError(`${needed}, came something that is no WebAssembly. ${advice}`);
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
