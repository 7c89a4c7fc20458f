/** `npm run build:lib`: builds the plugin into `dist-lib/`, for npm and for script tags. */
import { bundleLibrary, publicEntries } from "./library/bundle-library.ts";

const names = Object.keys(publicEntries());
if (names.length === 0) {
  console.error("build:lib: needed an entry file such as plugin/index.ts, came none. Write one.");
  process.exitCode = 1;
} else {
  await bundleLibrary();
  console.log(`Built ${names.join(", ")} into dist-lib/, for @babylonjs/core, for babylonjs and for script tags.`);
}
