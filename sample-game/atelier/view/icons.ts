const PATHS = {
  undo: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  compare: "M12 3v18M5 6h4v12H5zM15 6h4v12h-4z",
  split: "M12 3v18M8 8l-4 4 4 4M16 8l4 4-4 4",
  put: "M4 20h16M12 4v10M8 10l4 4 4-4",
  dice: "M5 5h14v14H5zM9 9h.01M15 15h.01M12 12h.01M15 9h.01M9 15h.01",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  open: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.6A8.2 8.2 0 1 1 9.4 4a6.6 6.6 0 0 0 10.6 10.6z",
  keep: "M7 4h10v16l-5-3.6L7 20z",
  share: "M12 15V4M8 8l4-4 4 4M5 13v7h14v-7",
  file: "M4 7h6l2 2h8v10H4zM12 12v5M9.5 14.5h5",
  brush:
    "M19 4 9.5 13.5M8 14c-2.2 0-3 1.6-3 3.2 0 1-.6 1.8-1.6 2.1 1 .8 2.2 1.2 3.4 1.2 2.2 0 3.9-1.4 3.9-3.6A2.9 2.9 0 0 0 8 14z",
  close: "M6 6l12 12M18 6 6 18",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8 5.5v13M16 5.5v13",
  again: "M5 12a7 7 0 1 0 2.3-5.2M5 4.5v4h4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
} as const;

/** Names of the pictures on buttons. */
export type IconName = keyof typeof PATHS;

/** A small line drawing for a button, hidden from screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
