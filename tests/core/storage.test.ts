import { createServer, type Server } from "node:http";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { StorageError } from "../../plugin/core/errors.ts";
import { explainFileError } from "../../plugin/core/file-storage.ts";
import { listBytes, readBytes, removeBytes, writeBytes } from "../../plugin/core/storage.ts";

const BYTES = Uint8Array.of(0, 1, 254, 255);
let server: Server;
let site: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "storage-test-"));
  server = createServer((request, response) => {
    if (request.url === "/guard.bnp") response.end(BYTES);
    else if (request.url === "/cut") {
      response.writeHead(200, { "content-length": 100 }).write(BYTES);
      setTimeout(() => response.destroy(), 20);
    } else if (request.url === "/page") response.setHeader("content-type", "text/html; charset=utf-8").end("<p>Hi</p>");
    else if (request.url === "/unlabelled") response.end("\n<!DOCTYPE html><title>Game</title>");
    else if (request.url === "/slow") return;
    else response.writeHead(404).end("no");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

function fileUrl(name: string): string {
  return pathToFileURL(join(folder, name)).href;
}

async function complaint(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error("nothing was thrown"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageError);
  return (error as Error).message;
}

test("a file on a web server is read", async () => {
  expect(await readBytes(`${site}/guard.bnp`)).toEqual(BYTES);
});

test("bytes in a data address are read", async () => {
  expect(await readBytes("data:application/octet-stream;base64,AAH+/w==")).toEqual(BYTES);
});

test("a missing file on a web server is reported with its status", async () => {
  expect(await complaint(readBytes(`${site}/none`))).toBe(
    `Storage "${site}/none": needed a file, came status 404 Not Found. Check the address.`,
  );
});

test.each(["page", "unlabelled"])("a web page in place of a file is refused (%s)", async (name) => {
  expect(await complaint(readBytes(`${site}/${name}`))).toBe(
    `Storage "${site}/${name}": needed a file, came a web page. Check the address; many servers answer unknown ones with their start page.`,
  );
});

test("an answer that breaks off is refused", async () => {
  expect(await complaint(readBytes(`${site}/cut`))).toBe(
    `Storage "${site}/cut": needed a whole answer, came "terminated". Check the connection, and whether that server allows this site to read (CORS).`,
  );
});

test("a server that cannot be reached is reported", async () => {
  expect(await complaint(readBytes("http://127.0.0.1:9/x"))).toMatch(
    /^Storage "http:\/\/127\.0\.0\.1:9\/x": needed a whole answer, came ".+"\. Check the connection/,
  );
});

test("reading stops when its signal says so", async () => {
  const controller = new AbortController();
  const reading = readBytes(`${site}/slow`, { signal: controller.signal });
  controller.abort(new Error("no longer wanted"));
  await expect(reading).rejects.toThrow(new Error("no longer wanted"));
});

test("reading with a signal that has gone off does not begin", async () => {
  const signal = AbortSignal.abort(new Error("too late"));
  await expect(readBytes("indexeddb://x", { signal })).rejects.toThrow(new Error("too late"));
});

test("a web server cannot be written to", async () => {
  expect(await complaint(writeBytes("https://example.com/a", BYTES))).toBe(
    'Storage "https://example.com/a": needed a place that can be written to, came one that cannot. Write to "indexeddb:", "downloads:" or "file:" addresses.',
  );
});

test("a web server cannot be listed, nor anything removed from it", async () => {
  expect(await complaint(listBytes("https://example.com/"))).toBe(
    'Storage "https://example.com/": needed a place that can be listed, came one that cannot. Only "indexeddb:" and "file:" addresses can.',
  );
  expect(await complaint(removeBytes("https://example.com/a"))).toBe(
    'Storage "https://example.com/a": needed a place that can be removed from, came one that cannot. Only "indexeddb:" and "file:" addresses can.',
  );
});

test("the download folder cannot be read", async () => {
  expect(await complaint(readBytes("downloads://a.bnp"))).toBe(
    'Storage "downloads://a.bnp": needed a place that can be read, came one that cannot. Read from "https:", "indexeddb:" or "file:" addresses.',
  );
});

test("a download needs a page", async () => {
  expect(await complaint(writeBytes("downloads://a.bnp", BYTES))).toBe(
    'Storage "downloads://a.bnp": needed a page to download from, came a worker or Node. Send the bytes to the page, or write to "indexeddb:" or "file:".',
  );
});

test("a download needs a name", async () => {
  expect(await complaint(writeBytes("downloads://", BYTES))).toBe(
    'Storage "downloads://": needed a file name, came none. Use an address like "downloads://guard.bnp".',
  );
});

test.each(["ftp://a/b", "constructor:a"])("the unknown kind of address %s is refused", async (url) => {
  const scheme = url.slice(0, url.indexOf(":") + 1);
  expect(await complaint(readBytes(url))).toBe(
    `Storage "${url}": needed an address with one of "https:", "indexeddb:", "downloads:", "file:", came "${scheme}". Use one of them.`,
  );
});

test("a file is written into folders made for it, and read back", async () => {
  const url = fileUrl("deep/er/ü ber.bnp");
  await writeBytes(url, BYTES);
  expect(await readBytes(url)).toEqual(BYTES);
});

test("a path without a scheme is a path on the disk in Node", async () => {
  const path = relative(process.cwd(), join(folder, "plain.bnp"));
  await writeBytes(path, BYTES);
  expect(await readBytes(path)).toEqual(BYTES);
  expect(await readBytes(`file:${path}`)).toEqual(BYTES);
});

test("writing again replaces the file and leaves nothing beside it", async () => {
  await writeBytes(fileUrl("twice/a.bnp"), Uint8Array.of(9, 9, 9, 9, 9, 9));
  await writeBytes(fileUrl("twice/a.bnp"), BYTES);
  expect(new Uint8Array(await readFile(join(folder, "twice/a.bnp")))).toEqual(BYTES);
  expect(await readdir(join(folder, "twice"))).toEqual(["a.bnp"]);
});

test("a file that is not there is reported", async () => {
  const url = fileUrl("none.bnp");
  expect(await complaint(readBytes(url))).toBe(
    `Storage "${url}": needed a file that can be reached, came none of that name. Check the path.`,
  );
});

test("a file address with two slashes is corrected", async () => {
  expect(await complaint(readBytes("file://models/guard.bnp"))).toBe(
    'Storage "file://models/guard.bnp": needed a file that can be reached, came another computer. Write "file:///folder/name" or "file:folder/name".',
  );
});

test("a folder is no file", async () => {
  const url = pathToFileURL(folder).href;
  expect(await complaint(readBytes(url))).toBe(
    `Storage "${url}": needed a file that can be reached, came a folder. Name a file in it.`,
  );
});

test("a path through a file is reported, and the file stays as it was", async () => {
  await writeFile(join(folder, "wall"), BYTES);
  const url = fileUrl("wall/a.bnp");
  expect(await complaint(readBytes(url))).toBe(
    `Storage "${url}": needed a file that can be reached, came a path that leads through a file. Check the path.`,
  );
  for (const name of ["wall/a.bnp", "wall/deep/a.bnp"]) {
    expect(await complaint(writeBytes(fileUrl(name), BYTES))).toBe(
      `Storage "${fileUrl(name)}": needed a file that can be reached, came a path that leads through a file. Check the path.`,
    );
  }
  expect(await readBytes(fileUrl("wall"))).toEqual(BYTES);
});

test.each([
  ["EACCES", "a refusal. Check who may read and write there."],
  ["ENOSPC", "a full disk. Make room; what was saved before is still there."],
  ["EIO", '"oh no". Check the disk and the path.'],
])("the disk's error %s is explained", (code, end) => {
  const cause = Object.assign(new Error("oh no"), { code });
  expect(explainFileError("file:a", cause)).toEqual(
    new StorageError(`Storage "file:a": needed a file that can be reached, came ${end}`, { cause }),
  );
});

test("files are listed by the beginning of their address, folders included", async () => {
  for (const name of ["yard-1.bnp", "yard-2/a b.bnp", "other.bnp"]) await writeBytes(fileUrl(`list/${name}`), BYTES);
  expect(await listBytes(fileUrl("list/yard"))).toEqual([fileUrl("list/yard-1.bnp"), fileUrl("list/yard-2/a b.bnp")]);
});

test("a listed address can be read", async () => {
  await writeBytes(fileUrl("odd/ü #1?.bnp"), BYTES);
  const [url] = await listBytes(fileUrl("odd/"));
  expect(await readBytes(url)).toEqual(BYTES);
});

test("a folder that is not there lists nothing", async () => {
  expect(await listBytes(fileUrl("nowhere/"))).toEqual([]);
});

test("a removed file is gone, and removing it again is no error", async () => {
  const url = fileUrl("gone.bnp");
  await writeBytes(url, BYTES);
  await removeBytes(url);
  await removeBytes(url);
  await expect(readBytes(url)).rejects.toThrow(StorageError);
});

test("without a database an indexeddb address is refused", async () => {
  expect(await complaint(readBytes("indexeddb://guard"))).toBe(
    'Storage "indexeddb://guard": needed a browser\'s database, came none. Outside browsers use a "file:" address.',
  );
});
