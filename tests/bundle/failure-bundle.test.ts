import { resolve } from "node:path";
import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";
import type * as failures from "../../plugin/core/failure.ts";

it("Errors from a worker keep their class where a page is packed, and classes have short names", async () => {
  const { output } = (await build({
    root: import.meta.dirname,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      minify: true,
      rolldownOptions: {
        input: resolve(import.meta.dirname, "../../plugin/core/failure.ts"),
        preserveEntrySignatures: "strict",
      },
    },
  })) as Rolldown.RolldownOutput;
  expect(output[0].code).not.toContain("class StorageError");
  const packed = (await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)) as typeof failures;
  const failure = { message: "Storage: needed a file.", stack: "" };
  expect(String(packed.fromFailure({ ...failure, name: "StorageError" }))).toBe(
    "StorageError: Storage: needed a file.",
  );
  expect(String(packed.fromFailure({ ...failure, name: "constructor" }))).toBe("Error: Storage: needed a file.");
});
