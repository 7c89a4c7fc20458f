import type { Picture } from "../../../plugin/paint.ts";
import { element } from "../../shell/element.ts";
import { filledMask, isUniform, type Mask } from "../rules/brush.ts";
import type { Scale } from "../rules/scales.ts";
import { MaskCanvas } from "./mask-canvas.ts";
import { Segments } from "./segments.ts";
import { SliderRow } from "./slider-row.ts";

/** One sheet of the editor. */
export interface MaskSheet {
  readonly caption: string;
  /** What is painted over; null for an empty sheet. */
  readonly backdrop: Picture | null;
  readonly width: number;
  readonly height: number;
  /** What was painted before; null for nothing. */
  readonly mask: Picture | null;
}

/** What is to be painted. */
export interface MaskTask {
  readonly title: string;
  readonly lead: string;
  readonly sheets: readonly MaskSheet[];
  /** The value of what nobody has painted on; the brush leaves the other one. */
  readonly unpainted: 0 | 1;
}

const BRUSH: Scale<"brush"> = {
  name: "brush",
  label: "Brush",
  hint: "How broad the brush is, against the picture's shorter side",
  least: 0.01,
  most: 0.25,
  step: 0.01,
  say: (value) => `${Math.round(200 * value)} %`,
};

/**
 * Lets somebody paint masks over pictures, in a dialog.
 *
 * @returns The masks in the sheets' order, `[height, width]`; `"none"` when nothing is painted; null when it was left.
 */
export function editMasks(container: HTMLElement, task: MaskTask): Promise<readonly Mask[] | "none" | null> {
  const { title, lead, sheets, unpainted } = task;
  let radius = 0.06;
  let erases = false;
  const brush = (): { radius: number; value: number } => ({ radius, value: erases ? unpainted : 1 - unpainted });
  const canvases = sheets.map(({ caption, backdrop, width, height, mask }) => {
    const sheet: Mask = mask
      ? { width: mask.width, height: mask.height, values: Float32Array.from(mask.pixels) }
      : filledMask(width, height, unpainted);
    return new MaskCanvas(caption, backdrop, sheet, unpainted, brush);
  });
  const size = new SliderRow(BRUSH, radius, (value) => (radius = value ?? radius));
  size.set(radius);
  const mode = new Segments<"paint" | "erase">(
    "Brush or eraser",
    [
      ["paint", "Paint"],
      ["erase", "Erase"],
    ],
    (value) => {
      erases = value === "erase";
      mode.choose(value);
    },
  );
  mode.choose("paint");
  const button = (text: string, look: string, act: () => void): HTMLButtonElement =>
    element("button", {
      class: `button ${look}`,
      text,
      attributes: { type: "button", "data-test": `mask-${text.toLowerCase()}` },
      onClick: act,
    });

  return new Promise((resolve) => {
    let answer: readonly Mask[] | "none" | null = null;
    const dialog = element(
      "dialog",
      { class: "mask-dialog panel", attributes: { "aria-label": title } },
      element("h2", { class: "title", text: title }),
      element("p", { text: lead }),
      element("div", { class: "mask-sheets" }, ...canvases.map(({ root }) => root)),
      element("div", { class: "mask-tools" }, mode.root, size.root),
      element(
        "div",
        { class: "mask-actions" },
        button("Clear", "quiet", () => {
          for (const canvas of canvases) {
            canvas.mask.values.fill(unpainted);
            canvas.redraw();
          }
        }),
        button("Cancel", "", () => dialog.close()),
        button("Done", "primary", () => {
          const isEmpty = canvases.every(({ mask }) => isUniform(mask, unpainted));
          answer = isEmpty ? "none" : canvases.map(({ mask }) => mask);
          dialog.close();
        }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    // Keys of the room behind it stay out.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    container.append(dialog);
    dialog.showModal();
  });
}
