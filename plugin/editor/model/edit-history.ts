import { Observable } from "../../index.ts";

/** Something that an edit changes what is kept in: a node, or the scene itself. */
export interface Holder {
  metadata: unknown;
}

/** Under which key of `metadata` everything lies that the plugin keeps. */
export const KEPT_KEY = "babylonNeural";

/** What stood in a holder's metadata. */
interface Snapshot {
  readonly holder: Holder;
  /** The metadata where it was no object, e.g. null. */
  readonly bare: unknown;
  /** The names of its fields in order; null where it was no object. */
  readonly fields: readonly string[] | null;
  /** JSON of what is kept; null where there was none. */
  readonly kept: string | null;
  /** What glTF files leave there: kept things move out of it when they are first edited. */
  readonly gltf: unknown;
}

/** Something outside of metadata that an edit changes, e.g. which material a mesh wears. */
export interface EditEffect {
  /** Does it, the first time and whenever the edit is done again. */
  apply(): void;
  /** Takes it back: everything is as it was before `apply`. */
  revert(): void;
  /** The history has forgotten the edit: nobody will call again. */
  forget(): void;
}

interface Entry {
  readonly title: string;
  readonly merge: string | null;
  readonly effect: EditEffect | null;
  readonly before: readonly Snapshot[];
  after: readonly Snapshot[];
}

/** What an undo or a redo has touched. */
export interface HistoryStep {
  /** What people read, e.g. `"Add ray fan"`. */
  readonly title: string;
  readonly holders: readonly Holder[];
}

/** How many edits can be undone. Chosen so that a long evening of edits fits and a scene of blocks stays below some MB. */
const MOST_ENTRIES = 500;

/**
 * Remembers edits of what scenes keep, so that each can be undone and done again: afterwards the `metadata` of every node
 * is, as JSON, exactly what it was. It copies only what lies under the plugin's own key; the rest is never touched.
 */
export class EditHistory {
  /** Told after each edit, undo and redo. */
  readonly onChangeObservable = new Observable<void>();
  /** Told after an undo or a redo, so that what follows the metadata can follow. */
  readonly onStepObservable = new Observable<HistoryStep>();
  readonly #done: Entry[] = [];
  readonly #undone: Entry[] = [];

  /** What `undo` would take back, or null. */
  get undoTitle(): string | null {
    return this.#done.at(-1)?.title ?? null;
  }

  /** What `redo` would do again, or null. */
  get redoTitle(): string | null {
    return this.#undone.at(-1)?.title ?? null;
  }

  /**
   * Makes an edit that can be undone. When the change throws, the holders are what they were and nothing is remembered.
   *
   * @param title - What people read on the undo button, e.g. `"Add ray fan"`.
   * @param merge - Edits in a row with the same word count as one, e.g. while a slider is dragged. Default null: never.
   * @returns What the change gave.
   */
  perform<T>(title: string, holders: readonly Holder[], change: () => T, merge: string | null = null): T {
    const before = holders.map(takeSnapshot);
    let result: T;
    try {
      result = change();
    } catch (error) {
      before.forEach(restore);
      throw error;
    }
    const after = holders.map(takeSnapshot);
    if (before.every((snapshot, index) => isSame(snapshot, after[index]))) return result;
    const last = this.#done.at(-1);
    if (last && merge !== null && last.merge === merge && this.#undone.length === 0) last.after = after;
    else this.#push({ title, merge, effect: null, before, after });
    forgetAll(this.#undone);
    this.onChangeObservable.notifyObservers();
    return result;
  }

  /**
   * Makes an edit of something outside of metadata. When it throws, nothing is remembered.
   *
   * @param holders - Whom it concerns: they are selected when it is undone or done again.
   */
  performEffect(title: string, holders: readonly Holder[], effect: EditEffect): void {
    effect.apply();
    const kept = holders.map(takeSnapshot);
    this.#push({ title, merge: null, effect, before: kept, after: kept });
    forgetAll(this.#undone);
    this.onChangeObservable.notifyObservers();
  }

  /** Ends a row of merged edits, e.g. when a slider is let go. */
  settle(): void {
    const last = this.#done.pop();
    if (last) this.#done.push({ ...last, merge: null });
  }

  /** Takes the last edit back. @returns Whether there was one. */
  undo(): boolean {
    return this.#step(this.#done, this.#undone, "before");
  }

  /** Does the edit again that was taken back last. @returns Whether there was one. */
  redo(): boolean {
    return this.#step(this.#undone, this.#done, "after");
  }

  /** Forgets everything, e.g. when another scene is shown. */
  clear(): void {
    forgetAll(this.#done);
    forgetAll(this.#undone);
    this.onChangeObservable.notifyObservers();
  }

  #push(entry: Entry): void {
    this.#done.push(entry);
    if (this.#done.length > MOST_ENTRIES) this.#done.shift()?.effect?.forget();
  }

  #step(from: Entry[], to: Entry[], side: "before" | "after"): boolean {
    const entry = from.pop();
    if (!entry) return false;
    to.push(entry);
    entry[side].forEach(restore);
    if (side === "before") entry.effect?.revert();
    else entry.effect?.apply();
    const holders = entry[side].map(({ holder }) => holder);
    this.onStepObservable.notifyObservers({ title: entry.title, holders });
    this.onChangeObservable.notifyObservers();
    return true;
  }
}

function forgetAll(entries: Entry[]): void {
  for (const { effect } of entries.splice(0)) effect?.forget();
}

function takeSnapshot(holder: Holder): Snapshot {
  const { metadata } = holder;
  if (!isRecord(metadata)) return { holder, bare: metadata, fields: null, kept: null, gltf: undefined };
  const kept = metadata[KEPT_KEY];
  const json = kept === undefined ? null : JSON.stringify(kept);
  return { holder, bare: undefined, fields: Object.keys(metadata), kept: json, gltf: metadata["gltf"] };
}

function isSame(a: Snapshot, b: Snapshot): boolean {
  return (a.fields === null) === (b.fields === null) && a.kept === b.kept && a.bare === b.bare && a.gltf === b.gltf;
}

/** Puts back what is kept; what the game itself has put there meanwhile stays. Objects are replaced, since clones share them. */
function restore({ holder, bare, fields, kept, gltf }: Snapshot): void {
  const current = isRecord(holder.metadata) ? holder.metadata : {};
  const { [KEPT_KEY]: _kept, gltf: _gltf, ...others } = current;
  if (fields === null && Object.keys(others).length === 0) {
    holder.metadata = bare;
    return;
  }
  const restored = Object.create(Object.getPrototypeOf(current) as object | null) as Record<string, unknown>;
  for (const name of fields ?? []) {
    if (name === KEPT_KEY) restored[name] = JSON.parse(kept ?? "null");
    else if (name === "gltf") restored[name] = gltf;
    else if (Object.hasOwn(others, name)) restored[name] = others[name];
  }
  holder.metadata = Object.assign(restored, others);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
