/**
 * Entry for pages with the studio: a panel over any scene in which people attach, teach and understand agents without code.
 */
export { openStudio, type OpenStudio } from "./editor/open-studio.ts";
export type { StudioOptions } from "./editor/model/studio.ts";
export { historyStepOf } from "./editor/looks/history-key.ts";
export { deedOfKey, PAINT_KEYS, type PaintDeed } from "./editor/painting/paint-keys.ts";
export { SplitSlider } from "./editor/painting/split-slider.ts";
export { loadPictureControls, type PictureControls } from "./editor/painting/load-picture-controls.ts";
export type { MaskPlace } from "./editor/painting/edit-example.ts";
