import { fromBase64 } from "./base64.ts";
import { UnsupportedError } from "./errors.ts";

const BROWSERS = "Use Chrome 91, Firefox 113, Safari 16.4 or later.";

/**
 * Compiles kernels that the build has deflated and written as base64.
 *
 * @param who - Who needs them, for the message.
 * @throws UnsupportedError where they cannot be unpacked, or WebAssembly or its SIMD is missing.
 */
export async function compilePacked(text: string, who: string): Promise<WebAssembly.Module> {
  if (typeof DecompressionStream === "undefined") {
    throw new UnsupportedError(`${who}: needed DecompressionStream, came a browser without it. ${BROWSERS}`);
  }
  const unpacked = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = await new Response(unpacked).arrayBuffer();
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(bytes)) {
    throw new UnsupportedError(`${who}: needed WebAssembly with SIMD, came a browser without it. ${BROWSERS}`);
  }
  return WebAssembly.compile(bytes);
}
