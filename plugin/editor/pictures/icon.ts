import { svg, html, type TemplateResult } from "lit";

/** Paths of 24 × 24 icons, drawn with a line of 1.75. */
const ICONS = {
  scene: svg`<path d="M12 3 4 7.5v9L12 21l8-4.5v-9L12 3Z"/><path d="m4 7.5 8 4.5 8-4.5M12 12v9"/>`,
  lesson: svg`<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><circle cx="12" cy="12" r="0.8"/>`,
  teach: svg`<path d="M4 19V5M4 19h16"/><path d="m7 15 4-5 3 3 5-7"/>`,
  understand: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="3"/>`,
  paint: svg`<path d="M14 4.5 19.5 10 10 19.5c-1.6 1.6-4.5 1.5-6 0 1.500-.5 2-1.500 2-3 0-1.200.500-2.500 1.500-3.500Z"/><path d="m11.500 7 5.500 5.500"/>`,
  demonstrations: svg`<rect x="2.500" y="7.500" width="19" height="10.500" rx="5.200"/><path d="M7.500 11v3.500M5.700 12.800h3.600"/><path d="M15.500 14h.01M18 11.700h.01"/>`,
  mask: svg`<path d="M20 4.500 11.500 13l-2-2L18 2.800Z" transform="translate(0 .7)"/><path d="M9.500 12.500c-2-.6-4.500.5-4.800 3-.2 1.800-.7 2.600-2 3.300 2.600 1.200 6.300.9 7.800-1.300.9-1.300.8-3-1-5Z"/>`,
  dice: svg`<rect x="4.500" y="4.500" width="15" height="15" rx="3.500"/><path d="M9 9h.01M15 9h.01M9 15h.01M15 15h.01M12 12h.01" stroke-width="2.400"/>`,
  lock: svg`<rect x="5.500" y="10.500" width="13" height="9" rx="2"/><path d="M8.500 10.500V8a3.500 3.500 0 0 1 7 0v2.500"/>`,
  unlock: svg`<rect x="5.500" y="10.500" width="13" height="9" rx="2"/><path d="M8.500 10.500V8a3.500 3.500 0 0 1 6.700-1.400"/>`,
  undo: svg`<path d="M8 5 4 9l4 4"/><path d="M4 9h9.500a5.500 5.500 0 0 1 0 11H9"/>`,
  redo: svg`<path d="m16 5 4 4-4 4"/><path d="M20 9h-9.500a5.500 5.500 0 0 0 0 11H15"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  more: svg`<path d="M6 12h.01M12 12h.01M18 12h.01" stroke-width="2.600"/>`,
  add: svg`<path d="M12 5v14M5 12h14"/>`,
  remove: svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7"/>`,
  chevron: svg`<path d="m9 6 6 6-6 6"/>`,
  pick: svg`<circle cx="12" cy="12" r="6.500"/><path d="M12 2.500v5M12 16.500v5M2.500 12h5M16.500 12h5"/>`,
  play: svg`<path d="M7 4.500v15l12-7.500-12-7.500Z" fill="currentColor"/>`,
  pause: svg`<path d="M8 5v14M16 5v14" stroke-width="3.200"/>`,
  stop: svg`<rect x="6" y="6" width="12" height="12" rx="1.500" fill="currentColor"/>`,
  compare: svg`<path d="M12 3v18M5 6h4v12H5ZM15 6h4v12h-4Z"/>`,
  split: svg`<path d="M12 3v18M8 8l-4 4 4 4M16 8l4 4-4 4"/>`,
  keep: svg`<path d="M6 3.500h12v17l-6-4.500-6 4.500Z"/>`,
  copy: svg`<rect x="8.500" y="8.500" width="11" height="11" rx="2"/><path d="M15.500 8.500v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>`,
  duplicate: svg`<rect x="3.500" y="7" width="8" height="8" rx="1.500"/><path d="M14 11h6.500M17.500 7.500 21 11l-3.500 3.500"/>`,
  search: svg`<circle cx="11" cy="11" r="6.500"/><path d="m16 16 4.500 4.500"/>`,
  question: svg`<circle cx="12" cy="12" r="8.500"/><path d="M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .8-1 1.500v.400M12 16.700h.01"/>`,
  doubt: svg`<path d="M12 4 2.800 19.500h18.400Z"/><path d="M12 10v4.500M12 17h.01"/>`,
  good: svg`<circle cx="12" cy="12" r="8.500"/><path d="m8 12.300 2.700 2.700L16 9.500"/>`,
  download: svg`<path d="M12 4v11M7.500 11 12 15.500 16.500 11M5 20h14"/>`,
  upload: svg`<path d="M12 16V5M7.500 9 12 4.500 16.500 9M5 20h14"/>`,
  record: svg`<circle cx="12" cy="12" r="8.500"/><circle cx="12" cy="12" r="4" fill="currentColor"/>`,
  reset: svg`<path d="M5 5v5h5"/><path d="M5.500 10A7.500 7.500 0 1 1 5 14.500"/>`,
  left: svg`<rect x="3.500" y="4.500" width="17" height="15" rx="2"/><path d="M9.500 4.500v15" /><path d="M4 5h5v14H4z" fill="currentColor" stroke="none" opacity=".35"/>`,
  right: svg`<rect x="3.500" y="4.500" width="17" height="15" rx="2"/><path d="M14.500 4.500v15" /><path d="M15 5h5v14h-5z" fill="currentColor" stroke="none" opacity=".35"/>`,
  bottom: svg`<rect x="3.500" y="4.500" width="17" height="15" rx="2"/><path d="M3.500 13.500h17" /><path d="M4 14h16v5H4z" fill="currentColor" stroke="none" opacity=".35"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2.500v2.500M12 19v2.500M2.500 12H5M19 12h2.500M5.300 5.300 7 7M17 17l1.700 1.700M5.300 18.700 7 17M17 7l1.700-1.700"/>`,
  moon: svg`<path d="M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500Z"/>`,
  system: svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 3.500a8.500 8.500 0 0 1 0 17Z" fill="currentColor"/>`,
  node: svg`<circle cx="12" cy="12" r="2.500"/><path d="M12 4v5.500M12 14.500V20M4 12h5.500M14.500 12H20"/>`,
  agent: svg`<rect x="5" y="8" width="14" height="11" rx="3"/><path d="M12 8V4.500M9.500 13h.01M14.500 13h.01M2.500 12.500v3M21.500 12.500v3" stroke-width="2"/>`,
} as const;

/** Names of the panel's icons. */
export type IconName = keyof typeof ICONS;

/** An icon beside words or in a named button; people who cannot see it miss nothing. */
export function icon(name: IconName, size = 18): TemplateResult {
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${ICONS[name]}
  </svg>`;
}
