import { ConfigurationError } from "../core/errors.ts";
import { assertSameRole } from "../core/same-role.ts";
import { listBytes, readBytes, removeBytes, writeBytes } from "../core/storage.ts";
import { decodeDemonstration, encodeDemonstration, type DemonstrationFile } from "./demonstration-file.ts";
import { joinDemonstrations, sliceDemonstration, type Demonstration, type Demonstrations } from "./demonstrations.ts";

/** Decisions in one file: so few that rewriting the last one costs nothing. */
export const DECISIONS_PER_PART = 200;

/** An episode in a store. */
export interface StoredEpisode {
  /** Counted from 1 in the order of recording; stays when others are removed. */
  readonly number: number;
  /** Everything that was recorded. */
  readonly whole: Demonstration;
  /** What counts of it, from the first to before the last decision. */
  readonly from: number;
  readonly to: number;
}

/**
 * Demonstrations under one address, e.g. `"indexeddb://guard-shown"`: a file for each 200 decisions of an episode, and a small one
 * that says how it was trimmed. Each is written in one stroke, so that whatever happens, what was there before stays.
 */
export class DemonstrationStore {
  readonly url: string;

  /** @throws ConfigurationError for an address without a name. */
  constructor(url: string) {
    if (!/^(indexeddb|file):.*[^/:]$/i.test(url)) {
      throw new ConfigurationError(
        `Demonstrations: needed an address like "indexeddb://guard-shown" or "file:shown/guard", came "${url}". Give one that can be written to.`,
      );
    }
    this.url = url;
  }

  /** Writes one part of an episode, in place of an earlier state of it. */
  async write(number: number, part: number, file: DemonstrationFile): Promise<void> {
    await writeBytes(this.#partUrl(number, part), encodeDemonstration(file));
  }

  /** Writes down which decisions of an episode count. */
  async trim(number: number, from: number, to: number): Promise<void> {
    await writeBytes(this.#trimUrl(number), new TextEncoder().encode(JSON.stringify({ from, to })));
  }

  /** Removes an episode, its end first: whatever interrupts it leaves a shorter one, never a gap. */
  async remove(number: number): Promise<void> {
    const parts = (await this.#list()).get(number)?.parts ?? [];
    for (const part of parts.sort((a, b) => b - a)) await removeBytes(this.#partUrl(number, part));
    await removeBytes(this.#trimUrl(number));
  }

  /**
   * Reads everything.
   *
   * @returns null where nothing is stored yet.
   * @throws StorageError when it cannot be read, PolicyFileError for a damaged file, PolicyMismatchError for episodes of
   * different agents.
   */
  async read(): Promise<{ file: Omit<DemonstrationFile, "demonstration">; episodes: StoredEpisode[] } | null> {
    let first: DemonstrationFile | null = null;
    const episodes: StoredEpisode[] = [];
    const listed = [...(await this.#list())].sort(([a], [b]) => a - b);
    for (const [number, { parts, isTrimmed }] of listed) {
      const files: DemonstrationFile[] = [];
      for (const [index, part] of parts.sort((a, b) => a - b).entries()) {
        // Behind a missing part nothing can be joined.
        if (part !== index) break;
        const url = this.#partUrl(number, part);
        const file = decodeDemonstration(await readBytes(url), `Demonstration "${url}"`);
        first ??= file;
        assertSameRole(file.role, first.role, `Demonstration "${url}"`);
        files.push(file);
      }
      const whole = joinDemonstrations(files.map(({ demonstration }) => demonstration));
      const trim = isTrimmed ? await this.#readTrim(number, whole.decisions) : { from: 0, to: whole.decisions };
      if (whole.decisions > 0) episodes.push({ number, whole, ...trim });
    }
    if (!first) return null;
    const { role, decisionsPerSecond } = first;
    return { file: { role, decisionsPerSecond }, episodes };
  }

  async #readTrim(number: number, decisions: number): Promise<{ from: number; to: number }> {
    const all = { from: 0, to: decisions };
    try {
      const text = new TextDecoder().decode(await readBytes(this.#trimUrl(number)));
      const { from, to } = JSON.parse(text) as Record<string, unknown>;
      const isSound = Number.isInteger(from) && Number.isInteger(to) && 0 <= Number(from) && Number(from) < Number(to);
      return isSound ? { from: Math.min(Number(from), decisions), to: Math.min(Number(to), decisions) } : all;
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError) return all;
      throw error;
    }
  }

  /** What there is, by the number of the episode. */
  async #list(): Promise<Map<number, { parts: number[]; isTrimmed: boolean }>> {
    const found = new Map<number, { parts: number[]; isTrimmed: boolean }>();
    for (const url of await listBytes(`${this.url}/`)) {
      const [, number, what] = /\/episode-(\d{1,9})-(\d{1,9}|trim)$/.exec(url) ?? [];
      if (number === undefined) continue;
      const episode = found.get(Number(number)) ?? { parts: [], isTrimmed: false };
      if (what === "trim") episode.isTrimmed = true;
      else episode.parts.push(Number(what));
      found.set(Number(number), episode);
    }
    return found;
  }

  #partUrl(number: number, part: number): string {
    return `${this.url}/episode-${String(number).padStart(4, "0")}-${String(part).padStart(4, "0")}`;
  }

  #trimUrl(number: number): string {
    return `${this.url}/episode-${String(number).padStart(4, "0")}-trim`;
  }
}

/**
 * Loads what `recordDemonstrations` stored, trimmed as it was.
 *
 * @param url - E.g. `"indexeddb://guard-shown"`.
 * @throws StorageError when it cannot be read, PolicyFileError for a damaged file, ConfigurationError when nothing is there.
 */
export async function loadDemonstrations(url: string): Promise<Demonstrations> {
  const stored = await new DemonstrationStore(url).read();
  if (!stored) {
    throw new ConfigurationError(
      `Demonstrations: needed recorded episodes at "${url}", came none. Record some with recordDemonstrations.`,
    );
  }
  const { file, episodes } = stored;
  return {
    ...file,
    episodes: episodes.map(({ whole, from, to }) => sliceDemonstration(whole, file.role, from, to)),
  };
}
