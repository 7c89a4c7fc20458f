import type { AbstractEngine } from "@babylonjs/core/Engines/abstractEngine.js";
import type { Part } from "../rules/parts.ts";
import type { Wish } from "../rules/wish.ts";
import type { Spriter } from "../work/spriter.ts";
import type { Made, MaterialRack } from "../work/material-rack.ts";
import type { Workshop } from "../work/workshop.ts";
import type { Growth } from "../rules/growth.ts";
import type { Lesson } from "../work/school.ts";
import type { MendSettings, MendStep } from "../rules/mending.ts";
import type { BoardDoor } from "./board-door.ts";
import type { GrowDoor } from "./grow-door.ts";
import type { MendDesk } from "./mend-desk.ts";
import type { NightDesk } from "./night-desk.ts";
import type { SpriteDesk } from "./sprite-desk.ts";
import type { ViewName } from "./shapes.ts";
import type { Stage } from "./stage.ts";

/** The read-only state of the Atelier that tests see as `window.golemYard`. Every property is computed when it is read. */
export interface AtelierHook {
  readonly room: "atelier";
  /** From the room's opening until a first material was on the screen, in milliseconds; null where none was. */
  readonly firstMaterialMilliseconds: number | null;
  /** From the room's opening to the scene's first picture of a material, in milliseconds; null before that. */
  readonly firstPictureMilliseconds: number | null;
  /** On the bench, drafts included. */
  readonly material: Made | null;
  readonly wish: Wish;
  /** What each part of the yard wears, by the number of the material. */
  readonly worn: Readonly<Partial<Record<Part, number>>>;
  readonly target: Part;
  readonly steps: number;
  readonly index: number;
  readonly isPainting: boolean;
  /** Whether something is set that does not lie on the bench. */
  readonly isAhead: boolean;
  readonly view: ViewName;
  /** Pictures drawn so far: none is drawn while nothing changes. */
  readonly drawn: number;
  /** Textures that the page's engine holds: a room that was left must leave none behind. */
  readonly textures: number;
  readonly scenes: number;
  /** The night camera, and whether its frames are being cleaned. */
  readonly night: { readonly isOn: boolean; readonly isCleaning: boolean };
  /** What grows; null while nothing does. */
  readonly growth: GrowthHook | null;
  /** What is mended; null while nothing is. */
  readonly mending: MendingHook | null;
  /** Shields that networks imagine; null while nobody looks at them. */
  readonly spriting: SpritingHook | null;
  /** A material that something still shows, by number. */
  madeOf(id: number): Made | null;
}

/** What grows, as tests see it. */
export interface GrowthHook extends Growth {
  /** Since it began. */
  readonly steps: number;
  /** Keys of all that can be chosen. */
  readonly keys: readonly string[];
  readonly lesson: Lesson | null;
  /** Shares of the cells that live, and that have a part of the second species. */
  look(): Promise<{ readonly living: number; readonly grafted: number }>;
}

/** What is mended, as tests see it. */
export interface MendingHook {
  readonly step: MendStep | null;
  readonly settings: MendSettings;
  readonly index: number;
  readonly isWorking: boolean;
  readonly isSplit: boolean;
}

/** Shields, as tests see them. */
export type SpritingHook = Pick<
  Spriter,
  "step" | "sheet" | "result" | "at" | "look" | "index" | "isLocked" | "isWorking" | "problem"
>;

/** What the hook looks at. */
export interface AtelierHookSources {
  readonly workshop: Workshop;
  readonly rack: MaterialRack;
  readonly stage: Stage;
  readonly grow: GrowDoor;
  readonly mend: BoardDoor<MendDesk>;
  readonly sprites: BoardDoor<SpriteDesk>;
  readonly night: NightDesk;
  readonly engine: AbstractEngine;
  readonly firstMaterial: () => number | null;
  readonly firstPicture: () => number | null;
}

/** Makes the hook. */
export function inspectAtelier({
  workshop,
  rack,
  stage,
  grow,
  mend,
  sprites,
  night,
  engine,
  firstMaterial,
  firstPicture,
}: AtelierHookSources): AtelierHook {
  return {
    room: "atelier",
    get firstMaterialMilliseconds() {
      return firstMaterial();
    },
    get firstPictureMilliseconds() {
      return firstPicture();
    },
    get material() {
      return workshop.material;
    },
    get wish() {
      return workshop.wish;
    },
    get worn() {
      return workshop.present.worn;
    },
    get target() {
      return workshop.present.target;
    },
    get steps() {
      return workshop.steps.length;
    },
    get index() {
      return workshop.index;
    },
    get isPainting() {
      return workshop.work !== null;
    },
    get isAhead() {
      return workshop.isAhead;
    },
    get view() {
      return stage.view;
    },
    get drawn() {
      return stage.drawn;
    },
    get textures() {
      return engine.getLoadedTexturesCache().length;
    },
    get scenes() {
      return engine.scenes.length;
    },
    get night() {
      const { isOn, isCleaning } = night;
      return { isOn, isCleaning };
    },
    get growth() {
      const { desk } = grow;
      if (!desk?.surface) return null;
      const { surface, garden, growth, lessons } = desk;
      const keys = garden.entries.map(({ key }) => key);
      return { ...growth, steps: surface.steps, keys, lesson: lessons.school.lesson, look: () => surface.look() };
    },
    get mending() {
      if (!mend.desk) return null;
      const { mender, isSplit } = mend.desk;
      const { step, settings, index, work } = mender;
      return { step, settings, index, isWorking: work !== null, isSplit };
    },
    get spriting() {
      return sprites.desk?.spriter ?? null;
    },
    madeOf: (id) => rack.get(id),
  };
}
