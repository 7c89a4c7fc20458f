import {
  encodeSpecies,
  forgetSpecies,
  freeName,
  keepSpecies,
  keptSpecies,
  loadSpecies,
  MOST_NAME_CHARACTERS,
  taughtFile,
  type MaterialFile,
  type Species,
} from "../../../plugin/paint.ts";
import { SHIPPED_SPECIES } from "../rules/growth.ts";
import { className } from "../rules/names.ts";
import { Listeners } from "./listeners.ts";

/** A species that can be chosen. */
export interface GardenEntry {
  /** Unlike all others; as `Growth` names it. */
  readonly key: string;
  readonly label: string;
  /** Where a picture of it lies; null where it has to be grown. */
  readonly face: string | null;
  /** Whether it was taught here, so that it can be forgotten. */
  readonly isOwn: boolean;
}

const FOLDER = "models/automata/";
const LESSON = "lesson";

/** Species of living textures: those of the game, those that were kept in this browser, and the one that is being taught. */
export class Garden {
  readonly onChange = new Listeners();
  readonly #shipped: readonly GardenEntry[] = SHIPPED_SPECIES.map((name) => ({
    key: name,
    label: className(name),
    face: `${FOLDER}${name}.png`,
    isOwn: false,
  }));
  readonly #loading = new Map<string, Promise<Species>>();
  #kept: readonly Species[] = [];
  #taught: Species | null = null;

  /** The key of what is being taught. */
  static readonly lesson = LESSON;

  /** All that can be chosen now. */
  get entries(): readonly GardenEntry[] {
    const own = (key: string, label: string): GardenEntry => ({ key, label, face: null, isOwn: true });
    return [
      ...this.#shipped,
      ...this.#kept.map(({ name }) => own(keyOf(name), name)),
      ...(this.#taught ? [{ ...own(LESSON, this.#taught.name), isOwn: false }] : []),
    ];
  }

  /** Names that are taken. */
  get names(): ReadonlySet<string> {
    return new Set(this.#kept.map(({ name }) => name));
  }

  /** Finds what was kept on earlier visits. @throws StorageError where the browser keeps nothing. */
  async open(): Promise<void> {
    this.#kept = await keptSpecies();
    this.onChange.tell();
  }

  /** @throws PolicyFileError when it is not there. */
  async species(key: string): Promise<Species> {
    if (key === LESSON && this.#taught) return this.#taught;
    const kept = this.#kept.find(({ name }) => keyOf(name) === key);
    if (kept) return kept;
    let loading = this.#loading.get(key);
    if (!loading) {
      loading = loadSpecies(`${FOLDER}${key}.bnw`);
      this.#loading.set(key, loading);
      loading.catch(() => this.#loading.delete(key));
    }
    return loading;
  }

  /** What is being taught, as it is by now; null ends it. */
  setTaught(species: Species | null): void {
    const isNew = (species === null) !== (this.#taught === null);
    this.#taught = species;
    if (isNew) this.onChange.tell();
  }

  /** @returns Its key. @throws StorageError where there is no room, or its name is taken. */
  async keep(species: Species): Promise<string> {
    await keepSpecies(species);
    this.#kept = [...this.#kept, species].sort((a, b) => a.name.localeCompare(b.name));
    this.onChange.tell();
    return keyOf(species.name);
  }

  /**
   * Keeps what came in a file, under a name that is free; what is kept already, number for number, is not kept twice.
   *
   * @returns Its key.
   * @throws StorageError where the browser keeps nothing, or there is no room.
   */
  async bring(species: Species): Promise<string> {
    await this.open();
    const numbers = (of: Species): string => bytesOf({ ...of, name: "", birth: {} }).join();
    const same = this.#kept.find((each) => numbers(each) === numbers(species));
    if (same) return keyOf(same.name);
    return this.keep({ ...species, name: freeName(species.name, this.names, MOST_NAME_CHARACTERS) });
  }

  /** A species as a file: the bytes that are kept of it. @throws PolicyFileError when it is not there. */
  async fileOf(key: string): Promise<MaterialFile> {
    const species = await this.species(key);
    return taughtFile(species.name, bytesOf(species));
  }

  /** @returns What was forgotten, to keep it again. @throws StorageError */
  async forget(key: string): Promise<Species> {
    const species = await this.species(key);
    await forgetSpecies(species.name);
    this.#kept = this.#kept.filter((each) => each !== species);
    this.onChange.tell();
    return species;
  }
}

function bytesOf(species: Species): Uint8Array {
  return encodeSpecies(species, "float32");
}

function keyOf(name: string): string {
  return `kept/${name}`;
}
