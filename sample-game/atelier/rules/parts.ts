/** What one can put a material on in the yard, in the order of the list. */
export const PARTS = ["wall", "coping", "ground", "column", "pedestal", "crate", "door", "gem"] as const;

/** A mesh of the yard that wears a material. */
export type Part = (typeof PARTS)[number];

/** For people. */
export const PART_NAMES: Readonly<Record<Part, string>> = {
  wall: "Wall",
  coping: "Coping",
  ground: "Ground",
  column: "Column",
  pedestal: "Pedestal",
  crate: "Crate",
  door: "Door",
  gem: "Gem",
};

/** What the parts wear before anybody has put something on them. */
export const FURNITURE: Readonly<Record<Exclude<Part, "wall">, Furnishing>> = {
  coping: { material: "plaster", attributes: { moss: 0.25, dirt: 0.5, wear: 0.6, secondColour: [0.2, 0.2, 0.2] } },
  ground: { material: "cobble", attributes: { moss: 0.2, dirt: 0.3 } },
  column: { material: "marble", attributes: { dirt: 0.25, cracks: 0.25 } },
  pedestal: { material: "plaster", attributes: { wear: 0.3, dirt: 0.3 } },
  crate: { material: "plank", attributes: { wear: 0.7, dirt: 0.3 } },
  door: { material: "plank", attributes: { wear: 0.4 } },
  gem: { material: "marble", attributes: { scale: 1, colour: [0.02, 0.5, 0.32], secondColour: [0.4, 0.95, 0.7] } },
};

/** A class with what differs from its defaults. */
export interface Furnishing {
  readonly material: string;
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}
