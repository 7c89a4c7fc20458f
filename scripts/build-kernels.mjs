// Compiles plugin/compute/assembly (AssemblyScript) into WebAssembly, wrapped as base64 in small modules, so that no
// bundler needs to know about .wasm files. `--if-stale` does nothing when the sources have not changed.
import { createHash } from "node:crypto";
import { mkdirSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

const source = "plugin/compute/assembly";
const target = "plugin/compute/generated";

const version = JSON.parse(readFileSync("node_modules/assemblyscript/package.json", "utf8")).version;
const hash = createHash("sha256").update(version).update(readFileSync("scripts/build-kernels.mjs"));
for (const file of readdirSync(source).sort()) hash.update(file).update(readFileSync(`${source}/${file}`));
const digest = hash.digest("hex");

const stamp = `${target}/sources.sha256`;
const upToDate = existsSync(stamp) && readFileSync(stamp, "utf8") === digest;
if (!(process.argv.includes("--if-stale") && upToDate)) {
  mkdirSync(target, { recursive: true });
  for (const entry of ["decide", "learn"]) {
    for (const flavour of ["strict", "relaxed"]) await build(entry, flavour);
  }
  writeFileSync(stamp, digest);
}

async function build(entry, flavour) {
  const out = `node_modules/.cache/babylon-neural/${entry}-${flavour}.wasm`;
  mkdirSync("node_modules/.cache/babylon-neural", { recursive: true });
  const features = flavour === "relaxed" ? ["--enable", "simd,relaxed-simd"] : ["--enable", "simd"];
  const { error, stderr } = await asc.main([
    `${source}/${entry}.ts`,
    "--outFile",
    out,
    "--runtime",
    "stub",
    "--noAssert",
    "-O3",
    "--converge",
    "--use",
    "abort=",
    ...features,
  ]);
  if (error) {
    console.error(stderr.toString());
    process.exit(1);
  }
  const bytes = readFileSync(out);
  writeFileSync(
    `${target}/${entry}-${flavour}.ts`,
    `// Made by scripts/build-kernels.mjs from plugin/compute/assembly/${entry}.ts.\nexport default "${bytes.toString("base64")}";\n`,
  );
  console.log(`${entry}-${flavour}: ${bytes.length} bytes`);
}
