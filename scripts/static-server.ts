import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

/** The headers that let a page use SharedArrayBuffer. */
export const crossOriginIsolation: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
};

/** What a folder is served with. */
export interface FileHandlerOptions {
  readonly folder: string;
  /** Sent with every file. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the folder appears, e.g. `"/games/yard/"`. Default `"/"`. */
  readonly mount?: string;
}

/** Answers requests with the files of a folder; anything else is 404. For this machine, not for the open net. */
export function createFileHandler(
  options: FileHandlerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(request, response, options).catch(() => response.destroy());
  };
}

/** A server that has begun to listen. */
export interface RunningServer {
  /** Ends with a slash, the mount included. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a folder on localhost.
 *
 * @param port - 0 takes any free one.
 * @throws Error with one line when the port is taken.
 */
export async function serveFolder(options: FileHandlerOptions, port = 0): Promise<RunningServer> {
  const server = createServer(createFileHandler(options));
  await listen(server, port);
  const address = server.address();
  const taken = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://localhost:${taken}${options.mount ?? "/"}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      reject(new Error(`localhost:${port}: needed a free port, came one in use. End what uses it, or set PORT.`));
    });
    server.listen(port, () => resolve());
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, options: FileHandlerOptions): Promise<void> {
  const { folder, headers = {}, mount = "/" } = options;
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const file = path.startsWith(mount) ? await findFile(folder, path.slice(mount.length)) : null;
  if (!file) {
    response.writeHead(404, { "Content-Type": "text/plain", ...headers }).end("Not found");
    return;
  }
  const type = MIME_TYPES[extname(file.path)] ?? "application/octet-stream";
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Length": file.size,
    "Cache-Control": "no-cache",
    ...headers,
  });
  if (request.method === "HEAD") response.end();
  else
    createReadStream(file.path)
      .on("error", () => response.destroy())
      .pipe(response);
}

/** The file that is meant, or null; never one outside the folder. */
async function findFile(folder: string, path: string): Promise<{ path: string; size: number } | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  const full = normalize(join(folder, decoded));
  if (!(full + sep).startsWith(normalize(folder + sep)) || full.includes("\0")) return null;
  const found = await stat(full).catch(() => null);
  if (found?.isFile()) return { path: full, size: found.size };
  if (!found?.isDirectory()) return null;
  const index = join(full, "index.html");
  const page = await stat(index).catch(() => null);
  return page?.isFile() ? { path: index, size: page.size } : null;
}
