import { describe, expect, it } from "vitest";
import { aimedAt, materialsOf, painted, putOn, type Bench } from "../../../sample-game/atelier/rules/bench.ts";
import type { LookWish } from "../../../sample-game/atelier/rules/wish.ts";
import { firstWish } from "../../../sample-game/atelier/work/order.ts";

const LOOK: LookWish = {
  scale: 0.5,
  wear: 0,
  moss: 0,
  wetness: 0,
  cracks: 0,
  dirt: 0,
  colour: [0.5, 0.5, 0.5],
  secondColour: [0.2, 0.2, 0.2],
};
const wish = firstWish("brick", LOOK, 7);
const bench: Bench = { wish, material: null, target: "wall", worn: { ground: 3 }, deed: "Opened" };

describe("The bench", () => {
  it("gives a new material to the part that shows it, and to no other", () => {
    const next = painted(bench, wish, 8, "Painted");
    expect(next.material).toBe(8);
    expect(next.worn).toEqual({ wall: 8, ground: 3 });
  });

  it("lets a part keep what it wears once another part shows the bench", () => {
    const onGround = putOn(painted(bench, wish, 8, "Painted"), "ground", "Ground");
    expect(onGround).toMatchObject({ target: "ground", worn: { wall: 8, ground: 8 }, deed: "Put on: Ground" });
    expect(painted(onGround, wish, 9, "Painted").worn).toEqual({ wall: 8, ground: 9 });
  });

  it("chooses the part even before there is a material", () => {
    expect(putOn(bench, "door", "Door")).toMatchObject({ target: "door", worn: { ground: 3 }, deed: "Opened" });
  });

  it("aims at another part, which goes on wearing what it wears until something new comes", () => {
    const aimed = aimedAt(painted(bench, wish, 8, "Painted"), "ground");
    expect(aimed).toMatchObject({ target: "ground", worn: { wall: 8, ground: 3 }, deed: "Painted" });
    expect(painted(aimed, wish, 9, "Baked").worn).toEqual({ wall: 8, ground: 9 });
  });

  it("names every material that is shown somewhere", () => {
    expect([...materialsOf(painted(bench, wish, 8, "Painted"))].sort()).toEqual([3, 8]);
  });
});
