import { nameOfImagining } from "./imagining.ts";
import type { Wish } from "./wish.ts";

/** A class's name for people: `roughStone` is "Rough stone". */
export function className(material: string): string {
  const words = material.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a material is called until somebody gives it a name. */
export function nameOf({ source, material, look, example, imagining }: Wish): string {
  if (source === "imagined") return nameOfImagining(imagining);
  if (source === "class") {
    const told = (["moss", "wetness", "cracks", "dirt"] as const).filter((name) => look[name] >= 0.3);
    const [most] = told.sort((a, b) => look[b] - look[a]);
    const adjective = { moss: "mossy", wetness: "wet", cracks: "cracked", dirt: "dirty" };
    const noun = className(material);
    if (!most) return noun;
    const words = `${adjective[most]} ${noun.toLowerCase()}`;
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  const names = example.pictures.map(({ name }) => name.replace(/\.[a-z0-9]{2,5}$/i, ""));
  return names.join(" + ") || "From a picture";
}
