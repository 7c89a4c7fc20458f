import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

/** What IEEE 754 and ECMAScript fix to the last bit. */
const EXACT = new Set(["abs", "ceil", "floor", "imul", "max", "min", "round", "sqrt", "PI", "SQRT2"]);

it("Noise, materials and maps use no function of Math whose last bit differs between engines", () => {
  const used = ["noise", "materials", "maps"].flatMap((folder) => {
    const path = resolve(import.meta.dirname, "../../plugin/paint", folder);
    return readdirSync(path).flatMap((file) => {
      const names = readFileSync(resolve(path, file), "utf8").match(/(?<=^[^*]*Math\.)\w+/gm) ?? [];
      return names.filter((name) => !EXACT.has(name)).map((name) => `${file}: Math.${name}`);
    });
  });
  expect(used).toEqual([]);
});

it("Noise, materials and maps use no power operator", () => {
  const used = ["noise", "materials", "maps"].flatMap((folder) => {
    const path = resolve(import.meta.dirname, "../../plugin/paint", folder);
    return readdirSync(path).filter((file) => /\w \*\* /.test(readFileSync(resolve(path, file), "utf8")));
  });
  expect(used).toEqual([]);
});
