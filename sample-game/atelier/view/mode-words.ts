import type { MakeMode } from "./make-panel.ts";

const PAINTED =
  "A corner of the yard that wears the material. Arrow keys turn it, with Shift they move the light, + and − zoom.";
const ANY_FILE = "Drop a picture, a zip, a recipe, or what was taught";

/** What the picture of the yard is, for screen readers. */
export const STAGE_LABELS: Readonly<Record<MakeMode, string>> = {
  class: PAINTED,
  picture: PAINTED,
  imagined: PAINTED,
  mend: PAINTED,
  sprites: PAINTED,
  grow: "A corner of the yard on which something grows. Arrow keys move the brush and Space touches, or they turn the view. + and − zoom.",
};

/** What is said while a file is held over the page. */
export const DROP_WORDS: Readonly<Record<MakeMode, string>> = {
  class: ANY_FILE,
  picture: ANY_FILE,
  imagined: "Drop pictures, best on A, B or C",
  mend: "Drop a picture to mend",
  sprites: "Drop a picture to see it as a shield",
  grow: "Drop pictures to teach from, or a species",
};
