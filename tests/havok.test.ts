import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { UnsupportedError } from "../plugin/core/errors.ts";
import { loadHavok as fetchHavok } from "../plugin/havok-browser.ts";
import { loadHavok } from "../plugin/havok-node.ts";

const advice = "Copy the file from @babylonjs/havok/lib/esm to the site and pass its URL.";

test("Node loads Havok once", async () => {
  expect(await loadHavok()).toBe(await loadHavok());
});

test("pages load Havok from a URL", async () => {
  const file = readFileSync("node_modules/@babylonjs/havok/lib/esm/HavokPhysics.wasm");
  const havok = await fetchHavok(`data:application/wasm;base64,${file.toString("base64")}`);
  const [, world] = havok.HP_World_Create();
  expect(havok.HP_World_GetNumBodies(world)[1]).toBe(0);
  havok.HP_World_Release(world);
});

test("a page instead of a WebAssembly module is refused", async () => {
  const url = "data:text/html,<p>not found</p>";
  await expect(fetchHavok(url)).rejects.toThrow(
    new UnsupportedError(
      `loadHavok: needed HavokPhysics.wasm at "${url}", came something that is no WebAssembly. ${advice}`,
    ),
  );
});

test("a missing file is told with its status", async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/HavokPhysics.wasm`;
  await expect(fetchHavok(url)).rejects.toThrow(
    new UnsupportedError(`loadHavok: needed HavokPhysics.wasm at "${url}", came HTTP 404. ${advice}`),
  );
  await new Promise((resolve) => server.close(resolve));
});

test("an unreachable server is told", async () => {
  const url = "http://127.0.0.1:1/HavokPhysics.wasm";
  await expect(fetchHavok(url)).rejects.toThrow(
    new UnsupportedError(`loadHavok: needed HavokPhysics.wasm at "${url}", came no answer. ${advice}`),
  );
});
