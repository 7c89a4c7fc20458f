import { expect, test } from "vitest";
import { Random } from "../../plugin/core/random.ts";

const COUNT = 100_000;

/** A generator whose next block is the one of that counter. */
function at(seed: number, stream: number, low: number, high: number): Random {
  const random = new Random(seed, stream);
  random.restore([low, high, 0]);
  return random;
}

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.uint32());
}

// The known answers of threefry2x32 with 20 rounds in Random123 1.14.0, tests/kat_vectors, https://github.com/DEShawResearch/random123.
test.each([
  ["zeros", [0, 0], [0, 0], [0x6b200159, 0x99ba4efe]],
  ["ones", [0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], [0x1cb996fc, 0xbb002be7]],
  ["digits of pi", [0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3], [0xc4923a9c, 0x483df7a0]],
])("the published known answer for %s comes out", (_, key, counter, answer) => {
  expect(draw(at(key[0], key[1], counter[0], counter[1]), 2)).toEqual(answer);
});

test("the same seed gives the same numbers, another seed or stream others", () => {
  const first = draw(new Random(7), 8);
  expect(draw(new Random(7), 8)).toEqual(first);
  expect(draw(new Random(8), 8)).not.toEqual(first);
  expect(draw(new Random(7, 1), 8)).not.toEqual(first);
});

test("the counter carries into its upper half", () => {
  const random = at(7, 0, 0xffffffff, 0);
  draw(random, 2);
  expect(draw(random, 2)).toEqual(draw(at(7, 0, 0, 1), 2));
});

test("uniform numbers have the mean and the variance of [0, 1)", () => {
  const random = new Random(1);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < COUNT; i++) {
    const value = random.uniform();
    if (value < 0 || value >= 1) throw new Error(`${value} is out of range`);
    sum += value;
    squares += value * value;
  }
  const mean = sum / COUNT;
  // Standard errors at 100,000: 0.0009 of the mean 1/2, 0.00024 of the variance 1/12; four of them are allowed.
  expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0037);
  expect(Math.abs(squares / COUNT - mean * mean - 1 / 12)).toBeLessThan(0.001);
});

test("normal numbers have the first four moments of the normal distribution", () => {
  const random = new Random(2);
  const moments = [0, 0, 0, 0];
  for (let i = 0; i < COUNT; i++) {
    const value = random.normal();
    for (let power = 1; power <= 4; power++) moments[power - 1] += value ** power / COUNT;
  }
  // 0, 1, 0, 3 with the standard errors √(1, 2, 15, 96) / √100,000; four of them are allowed.
  const allowed = [1, 2, 15, 96].map((variance) => 4 * Math.sqrt(variance / COUNT));
  [0, 1, 0, 3].forEach((expected, i) => expect(Math.abs(moments[i] - expected)).toBeLessThan(allowed[i]));
});

test("whole numbers are spread evenly", () => {
  const random = new Random(3);
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < COUNT; i++) counts[random.integer(6)]++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - COUNT / 6) ** 2 / (COUNT / 6), 0);
  // The 99.9% quantile for five degrees of freedom.
  expect(chiSquare).toBeLessThan(20.5);
});

test("a number between two bounds stays between them", () => {
  const random = new Random(4);
  for (let i = 0; i < 1000; i++) {
    const value = random.between(-3, 5);
    expect(value >= -3 && value < 5).toBe(true);
  }
});

test("shuffling keeps every item", () => {
  const items = Uint32Array.from({ length: 50 }, (_, i) => i);
  const shuffled = items.slice();
  new Random(5).shuffle(shuffled);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.sort()).toEqual(items);
});

test("every order of three items is as likely as the others", () => {
  const random = new Random(6);
  const counts = new Map<string, number>();
  for (let i = 0; i < 12_000; i++) {
    const items = ["a", "b", "c"];
    random.shuffle(items);
    counts.set(items.join(""), (counts.get(items.join("")) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // 2000 expected each, standard deviation 41; four of them are allowed.
  for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(164);
});

test.each([0, 1, 2, 3, 4, 5])("a stored state goes on after %d numbers", (taken) => {
  const random = new Random(7, 3);
  draw(random, taken);
  const state = random.state();
  const expected = draw(random, 7);
  const resumed = new Random(7, 3);
  resumed.restore(state);
  expect(draw(resumed, 7)).toEqual(expected);
});

test.each([1, 2, 3])("a stored state goes on after %d normal numbers", (taken) => {
  const random = new Random(7);
  for (let i = 0; i < taken; i++) random.normal();
  const state = JSON.parse(JSON.stringify(random.state())) as number[];
  const expected = [random.normal(), random.normal(), random.normal()];
  const resumed = new Random(7);
  resumed.restore(state);
  expect([resumed.normal(), resumed.normal(), resumed.normal()]).toEqual(expected);
});

test("a stored state goes on across the carry into the upper half", () => {
  const random = at(7, 0, 0xffffffff, 0);
  random.uint32();
  const state = random.state();
  const expected = draw(random, 3);
  const resumed = new Random(7);
  resumed.restore(state);
  expect(draw(resumed, 3)).toEqual(expected);
});

test.each([0, 1])("a fork takes nothing from its parent (after %d numbers)", (taken) => {
  const alone = new Random(7);
  const parent = new Random(7);
  draw(alone, taken);
  draw(parent, taken);
  draw(parent.fork(1), 5);
  expect(draw(parent, 5)).toEqual(draw(alone, 5));
});

test("a fork of the same name is the same however far its parent has gone", () => {
  const parent = new Random(7);
  const early = draw(parent.fork(2), 5);
  draw(parent, 3);
  expect(draw(parent.fork(2), 5)).toEqual(early);
});

test("forks of other names share no numbers with each other or with their parent", () => {
  const parent = new Random(7);
  const seen = new Set<number>(draw(parent, 1000));
  for (let name = 0; name < 10; name++) draw(parent.fork(name), 1000).forEach((number) => seen.add(number));
  // 11,000 of 2³² numbers collide by chance in 0.014 pairs.
  expect(seen.size).toBe(11_000);
});
