import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { collectImports, isKernel, parse, readSources } from "../scripts/layers/import-graph.ts";
import { publicEntries } from "../scripts/library/bundle-library.ts";

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

/** The package that a bare specifier belongs to. */
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

describe("package.json", () => {
  it("exports each entry file of the plugin, for @babylonjs/core and for babylonjs", () => {
    const names = Object.keys(publicEntries()).map((name) => (name === "index" ? "" : `/${name}`));
    const expected = names.flatMap((name) => [`.${name}`, `./babylonjs${name}`]);
    const exported = Object.keys(manifest.exports).filter((name) => !/\.(js|json)$/.test(name));
    expect(exported.sort()).toEqual(expected.sort());
  });

  it("asks nobody for a Babylon.js or a TensorFlow.js that they do not use", () => {
    const optional = Object.keys(manifest.peerDependencies).filter(
      (name) => manifest.peerDependenciesMeta[name]?.optional,
    );
    expect(optional).toEqual(Object.keys(manifest.peerDependencies));
  });

  it("installs nothing for the users of the library", () => {
    expect(manifest.dependencies).toBeUndefined();
  });

  it("pins every development dependency to one version", () => {
    const loose = Object.entries(manifest.devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it("tests with every peer", () => {
    expect(Object.keys(manifest.devDependencies)).toEqual(
      expect.arrayContaining(Object.keys(manifest.peerDependencies)),
    );
  });

  it("names every package that the plugin imports", () => {
    const modules = [...readSources(root, ["plugin"])].filter(([path]) => !isKernel(path));
    const packages = modules
      .flatMap(([path, text]) => collectImports(parse(path, text)))
      .filter((edge) => edge.to === edge.specifier && !edge.to.startsWith("node:"))
      .map((edge) => packageOf(edge.specifier));
    const named = [...Object.keys(manifest.peerDependencies), ...Object.keys(manifest.devDependencies)];
    expect(packages.filter((name) => !named.includes(name))).toEqual([]);
  });

  it("has no command that names a missing script", () => {
    const paths = Object.values(manifest.scripts).flatMap(
      (command) => command.match(/(scripts|tests)\/\S+\.(ts|mjs)/g) ?? [],
    );
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
