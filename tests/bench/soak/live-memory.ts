import { readFile } from "node:fs/promises";
import type { CDPSession, Page } from "playwright-core";

/** What one JavaScript heap holds after a collection of garbage. */
export interface HeapFigures {
  /** Bytes that live objects take. */
  readonly heap: number;
  /** Bytes of all live WebAssembly memories. */
  readonly wasm: number;
  /** How many WebAssembly memories there are. */
  readonly memories: number;
}

/** What a whole page holds. */
export interface MemoryFigures {
  readonly page: HeapFigures;
  readonly workers: readonly HeapFigures[];
  readonly domNodes: number;
  readonly listeners: number;
}

/** Calls one method of the DevTools protocol. */
type Send = (method: string, parameters?: object) => Promise<unknown>;

/**
 * Looks into the heaps of a page and of its workers by the DevTools protocol.
 */
export class MemoryWatch {
  readonly #session: CDPSession;
  /** By the protocol's own number of the worker's session. */
  readonly #workers = new Map<string, Send>();

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  /** Begins to watch. Open it on an empty page, and go to the page to be watched afterwards. */
  static async open(page: Page): Promise<MemoryWatch> {
    const content = await readFile(new URL("../pages/note-memories.js", import.meta.url), "utf8");
    await page.addInitScript({ content });
    const session = await page.context().newCDPSession(page);
    const watch = new MemoryWatch(session);
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      const send = watch.#sendTo(sessionId);
      if (targetInfo.type === "worker") watch.#workers.set(sessionId, send);
      void send("Runtime.evaluate", { expression: content });
      void send("Runtime.runIfWaitingForDebugger");
    });
    session.on("Target.detachedFromTarget", ({ sessionId }) => watch.#workers.delete(sessionId));
    await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
    return watch;
  }

  /** Collects all garbage and counts what is left. */
  async read(): Promise<MemoryFigures> {
    const page = await readHeap((method, parameters) => this.#session.send(method as "Runtime.enable", parameters));
    const workers: HeapFigures[] = [];
    for (const [id, send] of [...this.#workers]) {
      // A worker may end meanwhile.
      const heap = await readHeap(send).catch((error: unknown) => {
        if (this.#workers.has(id)) throw error;
      });
      if (heap) workers.push(heap);
    }
    const { nodes, jsEventListeners } = await this.#session.send("Memory.getDOMCounters");
    return { page, workers, domNodes: nodes, listeners: jsEventListeners };
  }

  /** Messages to a worker go through the page's session. */
  #sendTo(sessionId: string): Send {
    let number = 0;
    const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
    this.#session.on("Target.receivedMessageFromTarget", (event) => {
      if (event.sessionId !== sessionId) return;
      const { id, result, error } = JSON.parse(event.message) as Answer;
      if (error) waiting.get(id)?.reject(new Error(error.message));
      else waiting.get(id)?.resolve(result);
      waiting.delete(id);
    });
    this.#session.on("Target.detachedFromTarget", (event) => {
      if (event.sessionId !== sessionId) return;
      for (const { reject } of waiting.values()) reject(new Error("The worker has ended."));
    });
    return (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++number;
        waiting.set(id, { resolve, reject });
        const message = JSON.stringify({ id, method, params });
        this.#session.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
      });
  }
}

/** Bytes that live objects of a page take, after a collection of garbage. Needs no watch. */
export async function liveHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  } finally {
    await session.detach();
  }
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

async function readHeap(send: Send): Promise<HeapFigures> {
  await send("HeapProfiler.collectGarbage");
  const { result } = (await send("Runtime.evaluate", {
    expression: "globalThis.liveMemories()",
    returnByValue: true,
  })) as { result: { value: number[] } };
  const { usedSize } = (await send("Runtime.getHeapUsage")) as { usedSize: number };
  return { heap: usedSize, wasm: result.value.reduce((sum, bytes) => sum + bytes, 0), memories: result.value.length };
}
