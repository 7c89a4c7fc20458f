import { expect, test } from "vitest";
import { checkEnvironment } from "../../plugin/core/check-environment.ts";
import type { AgentGroup } from "../../plugin/core/environment.ts";
import { doubt, fault } from "../../plugin/core/finding.ts";
import { check, WHO } from "./rail-environment.ts";
import { seeingRail } from "./seeing-rail.ts";

const BY_HAND = "It was made by hand; make the group with createAgentGroup.";
const NOT_CONNECTED = "Its sensor is not connected, or the lesson never brings the agent where it matters.";

/** The seeing rail with some arrays replaced. */
function checkReshaped(changes: (group: AgentGroup) => Partial<AgentGroup>): ReturnType<typeof check> {
  const healthy = seeingRail();
  return check({ ...healthy, groups: { cart: { ...healthy.groups.cart, ...changes(healthy.groups.cart) } } });
}

test.each([false, true])("nothing is found in a healthy environment with pictures, and numbers: %s", (numbers) => {
  for (let seed = 0; seed < 5; seed++)
    expect(
      check(
        seeingRail(() => {}, numbers),
        { seed },
      ),
    ).toEqual([]);
});

test("arrays of pictures of a wrong length are found", () => {
  // 2 agents, 16 pixels of the rail and 2 of the clock.
  expect(checkReshaped(() => ({ images: new Uint8Array(3), finalImages: new Uint8Array(0) }))).toEqual([
    fault(`${WHO}: the array images needs 36 numbers for 2 agents, came 3.`, BY_HAND),
    fault(`${WHO}: the array finalImages needs 36 numbers for 2 agents, came 0.`, BY_HAND),
  ]);
});

test("one array for images and final images is found", () => {
  expect(checkReshaped(({ images }) => ({ finalImages: images }))).toEqual([
    fault(
      `${WHO}: needed an array of its own for finalImages, came the array of images.`,
      "The same array was given twice; make the group with createAgentGroup.",
    ),
  ]);
});

test("a picture that never changes is found by its label", () => {
  const environment = seeingRail(({ images, finalImages }) => {
    for (const array of [images, finalImages]) for (const at of [16, 17, 34, 35]) array[at] = 7;
  });
  expect(check(environment)).toEqual([
    doubt(`${WHO}: the picture "clock" needs to change, came the same one at every step.`, NOT_CONNECTED),
  ]);
});

test("pictures that never change at all are found", () => {
  const findings = check(seeingRail(({ images }) => images.fill(7)));
  expect(findings).toContainEqual(
    fault(
      `${WHO}: observations need to change, came the same ones at every step.`,
      "The array images is not written in step.",
    ),
  );
});

test("a seed that starts with another picture each time is found", () => {
  let start = 0;
  const environment = seeingRail(({ images }, step) => {
    if (step === 0) images[16] = ++start;
  });
  expect(check(environment)).toContainEqual(
    fault(
      'Environment "rail": reset needs to give the same start for the same seed, came another one (the picture "clock" of agent 0).',
      "Its chance comes from Math.random, the clock, or a generator that is not made anew from the seed.",
    ),
  );
});

test("a picture that does not repeat is found", () => {
  let total = 0;
  const environment = seeingRail(({ images }, step) => {
    if (step > 0) images[18] = total++;
  });
  expect(check(environment)).toContainEqual(
    doubt(
      'Environment "rail": the same seed and actions need to repeat an episode, came a difference in step 1 (the picture "rail" of agent 1).',
      "Something outlives the reset: a physics world that is used again, the clock, or Math.random.",
    ),
  );
});

test("last pictures that are not kept are found", () => {
  expect(check(seeingRail(({ finalImages }) => finalImages.fill(0)))).toEqual([
    doubt(
      `${WHO}: the last sight of an ended episode needs to be kept, came only zeros in finalImages.`,
      "The array finalImages is not written before the next episode begins.",
    ),
  ]);
});

test("last pictures that show the next episode already are found", () => {
  expect(check(seeingRail(({ images, finalImages }) => finalImages.set(images)))).toEqual([
    fault(
      `${WHO}: the last sight of an ended episode needs to be kept, came the first one of the next in finalImages.`,
      "The array finalImages is written after the restart instead of before it.",
    ),
  ]);
});

test("an array of pictures that is made anew is found", () => {
  const environment = seeingRail((group, step) => {
    if (step === 3) Object.assign(group, { images: group.images.slice() });
  });
  expect(checkEnvironment(environment, { steps: 10 })).toContainEqual(
    fault(
      `${WHO}: the array images needs to stay the same one, came a new one after a step.`,
      "It is made anew in step or reset; write into the old one.",
    ),
  );
});
