import type { pictureControls } from "./picture-controls.ts";

/** Controls of the Studio's Paint tab for pages with a panel of their own: the dial for a picture's light, and masks to paint. */
export type PictureControls = typeof pictureControls;

/**
 * Loads the controls for painting from pictures, and makes their elements known to the page.
 *
 * Their colours are custom properties, inherited from where they hang: `--surface`, `--raised`, `--sunken`, `--ink`, `--ink-soft`,
 * `--line`, `--line-strong`, `--accent`, `--accent-soft`, `--on-accent`, `--shadow`; their measures `--gap`, `--radius`, and the sizes of type
 * `--small`, `--text`, `--title`.
 */
export async function loadPictureControls(): Promise<PictureControls> {
  const { definePictureControls, pictureControls: controls } = await import("./picture-controls.ts");
  definePictureControls();
  return controls;
}
