import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crossOriginIsolation, serveFolder, type RunningServer } from "../../scripts/static-server.ts";

const folder = mkdtempSync(join(tmpdir(), "babylon-neural-served-"));
let server: RunningServer;

beforeAll(async () => {
  mkdirSync(join(folder, "site/rooms"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "site/index.html"), "<title>home</title>");
  writeFileSync(join(folder, "site/a kernel.wasm"), "\0asm");
  server = await serveFolder({ folder: join(folder, "site"), headers: crossOriginIsolation });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Asks for a path exactly as written; `fetch` would tidy it up. */
function statusOf(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(server.url, { path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

describe("The static server", () => {
  it("answers a folder with its index.html", async () => {
    const response = await fetch(server.url);
    expect([response.headers.get("content-type"), await response.text()]).toEqual([
      "text/html; charset=utf-8",
      "<title>home</title>",
    ]);
  });

  it("names WebAssembly's type, so that it can be compiled while it streams", async () => {
    const response = await fetch(`${server.url}a%20kernel.wasm`);
    expect(response.headers.get("content-type")).toBe("application/wasm");
  });

  it("sends the headers that isolate the page", async () => {
    const response = await fetch(server.url);
    expect(response.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  });

  it.each(["/../secret.txt", "/%2e%2e/secret.txt", "/rooms/..%2f..%2fsecret.txt", "/%00", "/%", "/rooms/", "/none"])(
    "answers %s with 404",
    async (path) => {
      expect(await statusOf(path)).toBe(404);
    },
  );

  it("says which port is taken", async () => {
    const port = Number(new URL(server.url).port);
    await expect(serveFolder({ folder }, port)).rejects.toThrow(
      new Error(`localhost:${port}: needed a free port, came one in use. End what uses it, or set PORT.`),
    );
  });
});
