import { codePlane, type CodePlane, type Painter, type Picture, type PlanePlace } from "../../../plugin/paint.ts";
import { PLACES, type Imagining, type MapSpot } from "../rules/imagining.ts";
import { nameOfSpot } from "../rules/map-names.ts";
import { className } from "../rules/names.ts";
import { OneStudy } from "../work/one-study.ts";
import { sketchCode } from "../work/sketch-code.ts";
import { createFace } from "./face.ts";
import { GROUND, MapBoard, type Landmark } from "./map-board.ts";
import { drawSquare, squareOf } from "./picture-square.ts";
import { drawThumbnail } from "./thumbnail.ts";

const FACE = 64;
const PIECE = 32;

/** What the map needs. */
export interface MapTools {
  readonly sketcher: Painter;
  /** A picture by hash; null for one that is not at hand. */
  readonly pictureOf: (hash: string) => Picture | null;
  readonly complain: (problem: unknown) => void;
  readonly stand: (spot: MapSpot, gesture: object | null) => void;
}

/** The map of codes: classes as landmarks, the pictures of the formula among them, and what lies between. */
export class MapDesk {
  readonly board: MapBoard;
  readonly #tools: MapTools;
  readonly #study: OneStudy;
  readonly #faces = new Map<string, HTMLImageElement>();
  #plane: CodePlane | null = null;
  #landmarks: readonly Landmark[] = [];
  #imagining: Imagining | null = null;

  constructor(tools: MapTools) {
    this.#tools = tools;
    this.#study = new OneStudy(tools.complain);
    this.board = new MapBoard((place, gesture) => this.#stand(place, gesture));
  }

  /** Shows where one stands, and draws the map when it is first needed, or for other pictures. */
  show(imagining: Imagining): void {
    this.#imagining = imagining;
    this.board.root.hidden = imagining.way !== "map";
    if (imagining.way !== "map") {
      this.#study.stop();
      return;
    }
    this.#showSpot();
    const guests = PLACES.flatMap((place) => imagining.places[place] ?? []);
    const key = JSON.stringify(guests.map(({ hash }) => hash));
    this.#study.begin(key, 0, (signal) => this.#draw(guests, signal));
  }

  /** Ends the drawing. */
  stop(): void {
    this.#study.stop();
  }

  async #draw(guests: readonly { readonly hash: string; readonly name: string }[], signal: AbortSignal): Promise<void> {
    const { sketcher, pictureOf } = this.#tools;
    if (!this.#plane) this.board.setPlace(null, "Drawing the map…");
    const known = guests.flatMap(({ hash, name }) => {
      const picture = pictureOf(hash);
      return picture ? [{ hash, name, picture }] : [];
    });
    const { classes, pictures } = await sketcher.textureCodes(
      known.map(({ picture }) => picture),
      { signal },
    );
    const codes = classes.map(({ code }) => code);
    const plane = codePlane(codes, pictures);
    this.#plane = plane;
    this.#landmarks = [
      ...classes.map(({ name }, at) => ({
        ...{ name: className(name), place: plane.places[at], isGuest: false },
        face: this.#faceOf(name),
      })),
      ...known.map(({ hash, name, picture }, at) => ({
        ...{ name, place: plane.places[classes.length + at], isGuest: true },
        face: drawSquare(squareOf(picture, FACE), this.#faceOf(hash)),
      })),
    ];
    this.board.setLandmarks(this.#landmarks);
    // Whoever comes for the first time stands on the newest picture, or in the middle.
    if (!this.#imagining?.spot) this.#stand(pictures.length > 0 ? plane.places.at(-1)! : [0, 0]);
    this.#showSpot();
    for (const [at, { name }] of classes.entries()) {
      const images = await sketchCode(sketcher, codes[at], { side: FACE, signal });
      drawThumbnail(images, "material", FACE, this.#faceOf(name));
    }
    for (const piece of fromTheMiddle()) {
      const code = plane.codeAt(MapBoard.middleOf(piece));
      this.board.setGround(piece, await sketchCode(sketcher, code, { side: PIECE, signal }));
    }
  }

  #stand(place: PlanePlace, gesture: object | null = null): void {
    const [across, up] = this.#imagining?.spot?.place ?? [];
    if (!this.#plane || (across === place[0] && up === place[1])) return;
    const code = Array.from(this.#plane.codeAt(place));
    this.#tools.stand({ place, code, name: nameOfSpot(place, this.#landmarks) }, gesture);
  }

  #showSpot(): void {
    const spot = this.#imagining?.spot;
    if (!spot || !this.#plane) return;
    const place = spot.place ?? this.#plane.placeOf(Float32Array.from(spot.code));
    this.board.setPlace(place, spot.name || nameOfSpot(place, this.#landmarks));
  }

  #faceOf(key: string): HTMLImageElement {
    const face = this.#faces.get(key) ?? createFace();
    this.#faces.set(key, face);
    return face;
  }
}

/** Pieces of ground, those in the middle first. */
function fromTheMiddle(): number[] {
  const distance = (piece: number): number => Math.hypot(...MapBoard.middleOf(piece));
  return Array.from({ length: GROUND * GROUND }, (_, piece) => piece).sort((a, b) => distance(a) - distance(b));
}
