/** `npm start`: builds the sample game where that is needed, and serves it on http://localhost:4173. */
import { resolve } from "node:path";
import { buildGameIfStale } from "./build-game.ts";
import { crossOriginIsolation, serveFolder } from "./static-server.ts";

const port = Number(process.env["PORT"] ?? 4173);

try {
  await buildGameIfStale();
  const folder = resolve(import.meta.dirname, "../dist");
  const server = await serveFolder({ folder, headers: crossOriginIsolation }, port);
  console.log(`Golem Yard is open on ${server.url} (Ctrl+C ends it).`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
