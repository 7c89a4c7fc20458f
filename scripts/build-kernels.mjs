// Compiles the AssemblyScript of each package into WebAssembly, wrapped as base64 in small modules, so that no bundler needs
// to know about .wasm files. It is deflated first, since base64 hides from a server's compression what repeats in the bytes.
// `--if-stale` does nothing when the sources have not changed.
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { mkdirSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

const packages = [
  { folder: "plugin/compute", entries: ["decide", "learn"], flavours: ["strict", "relaxed"], importMemory: false },
  // These work inside TensorFlow.js's own memory. Adam's is compiled in the middle of a synchronous call, so it stays as it is.
  { folder: "plugin/nets", entries: ["teach", "adam"], flavours: ["strict"], importMemory: true, plain: ["adam"] },
  { folder: "plugin/paint", entries: ["synthesis"], flavours: ["strict"], importMemory: false },
];

const version = JSON.parse(readFileSync("node_modules/assemblyscript/package.json", "utf8")).version;

for (const { folder, entries, flavours, importMemory, plain = [] } of packages) {
  const source = `${folder}/assembly`;
  const target = `${folder}/generated`;
  const hash = createHash("sha256").update(version).update(readFileSync("scripts/build-kernels.mjs"));
  for (const file of readdirSync(source).sort()) hash.update(file).update(readFileSync(`${source}/${file}`));
  const digest = hash.digest("hex");

  const stamp = `${target}/sources.sha256`;
  const upToDate = existsSync(stamp) && readFileSync(stamp, "utf8") === digest;
  if (process.argv.includes("--if-stale") && upToDate) continue;
  mkdirSync(target, { recursive: true });
  for (const entry of entries) {
    for (const flavour of flavours)
      await build({ source, target, entry, flavour, importMemory, isPlain: plain.includes(entry) });
  }
  writeFileSync(stamp, digest);
}

async function build({ source, target, entry, flavour, importMemory, isPlain }) {
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
    ...(importMemory ? ["--importMemory"] : []),
    ...features,
  ]);
  if (error) {
    console.error(stderr.toString());
    process.exit(1);
  }
  const bytes = readFileSync(out);
  if (importMemory && hasData(bytes)) {
    console.error(`${source}/${entry}.ts: needed no static data, came some. It would overwrite its host's memory.`);
    process.exit(1);
  }
  const kept = isPlain ? bytes : deflateSync(bytes, { level: 9 });
  writeFileSync(
    `${target}/${entry}-${flavour}.ts`,
    `// Made by scripts/build-kernels.mjs from ${source}/${entry}.ts.\nexport default "${kept.toString("base64")}";\n`,
  );
  console.log(`${entry}-${flavour}: ${bytes.length} bytes`);
}

/** Whether a module writes data into its memory at start: it has a section of kind 11. */
function hasData(bytes) {
  for (let at = 8; at < bytes.length;) {
    const kind = bytes[at++];
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = bytes[at] >= 128;
      size |= (bytes[at++] & 127) << shift;
    }
    if (kind === 11) return true;
    at += size;
  }
  return false;
}
