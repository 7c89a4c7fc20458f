import type { MaterialFile } from "../../../plugin/paint.ts";
import type { Toasts } from "./toasts.ts";

/** Ways for files and texts to come into the room. */
export interface IntakeActions {
  takeFiles(files: readonly File[]): void;
  takeText(text: string): void;
}

/**
 * Listens for what is dropped anywhere and pasted, and shows that it may be dropped.
 *
 * @param veil - Shown while something is held over the page.
 * @param signal - Ends it.
 */
export function listenForFiles(veil: HTMLElement, actions: IntakeActions, signal: AbortSignal): void {
  let depth = 0;
  const show = (shown: boolean): void => void (veil.hidden = !shown);
  const carries = (event: DragEvent): boolean =>
    event.dataTransfer?.types.some((type) => type === "Files" || type === "text/plain") ?? false;
  const on = (type: "dragenter" | "dragover" | "dragleave" | "drop", react: (event: DragEvent) => void): void => {
    window.addEventListener(
      type,
      (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        react(event);
      },
      { signal },
    );
  };
  on("dragenter", () => show(++depth > 0));
  on("dragleave", () => show(--depth > 0));
  on("dragover", (event) => void (event.dataTransfer!.dropEffect = "copy"));
  on("drop", ({ dataTransfer }) => {
    depth = 0;
    show(false);
    const files = [...dataTransfer!.files];
    if (files.length > 0) actions.takeFiles(files);
    else actions.takeText(dataTransfer!.getData("text/plain"));
  });
  window.addEventListener(
    "paste",
    ({ clipboardData, target }) => {
      if (!clipboardData || (target instanceof HTMLInputElement && target.type === "number")) return;
      const files = [...clipboardData.files];
      if (files.length > 0) actions.takeFiles(files);
      else if (clipboardData.getData("text/plain").trim() !== "") actions.takeText(clipboardData.getData("text/plain"));
    },
    { signal },
  );
}

/** What something that was taught is saved as. By its ending alone, phones would not offer it. */
export const TAUGHT_FILES = ".bnw,application/octet-stream";

/** Whether it is to be read as something that was taught: a living texture, or an imagined material. */
export function isTaughtFile({ name }: File): boolean {
  return /\.bnw$/i.test(name);
}

/** Files that are to be read as pictures, then the others: zips, recipes, and what was taught. Two new arrays. */
export function filesByKind(files: readonly File[]): [pictures: File[], others: File[]] {
  const isOther = ({ name, type }: File): boolean => /\.(?:zip|json|bnw)$/i.test(name) || /zip|json/.test(type);
  return [files.filter((file) => !isOther(file)), files.filter(isOther)];
}

/** Hands a file that was made to the browser's downloads, and says so. */
export function saveMade({ name, type, bytes }: MaterialFile, toasts: Toasts): void {
  saveFile(name, new Blob([bytes], { type }));
  toasts.say(`Saved ${name}.`, "good");
}

/** Lets people choose files. @param accept - As in an `input`. */
export function chooseFiles(accept: string, several: boolean, onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.multiple = several;
  input.addEventListener("change", () => onFiles([...(input.files ?? [])]));
  input.click();
}

/** Hands a file to the browser's downloads. */
export function saveFile(name: string, bytes: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  // The download has begun by then; a link that is revoked at once would give an empty file in some browsers.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
}
