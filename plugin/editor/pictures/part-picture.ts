import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

/** Looking up in a 48 × 36 picture: an agent seen from above, its nose to the top. */
const AGENT = svg`<path class="agent" d="m24 19 5 12-5-2.500L19 31Z"/>`;
const dot = (x: number, y: number, r = 2.6): SVGTemplateResult => svg`<circle class="thing" cx=${x} cy=${y} r=${r}/>`;
const line = (d: string): SVGTemplateResult => svg`<path class="line" d=${d}/>`;
const arrow = (d: string): SVGTemplateResult => svg`<path class="act" d=${d}/>`;

const CLOCK = svg`<circle class="line" cx="24" cy="18" r="12"/><path class="act" d="M24 10v8l6 3"/>`;

/** One drawing for each kind of part. */
const PICTURES: Readonly<Record<string, SVGTemplateResult>> = {
  rayFan: svg`${line("M24 22 7 12M24 22 14 5M24 22V3M24 22 34 5M24 22l17-10")}${dot(14, 5)}${AGENT}`,
  rayCone: svg`${line("M24 22 12 7M24 22 36 7")}<ellipse class="line" cx="24" cy="7" rx="12" ry="4"/>${dot(27, 6)}${AGENT}`,
  directionTo: svg`${arrow("M26 20 38 8m-7 .5 7-.5-.500 7")}${dot(41, 5, 3)}${AGENT}`,
  distanceTo: svg`${line("M24 19V8m-4 0h8M20 19h8")}${dot(24, 4, 3)}${AGENT}`,
  velocity: svg`${AGENT}${line("M16 31v-6M32 31v-6M12 28v-3M36 28v-3")}${arrow("M24 15V4m-4 4 4-4 4 4")}`,
  angularVelocity: svg`${AGENT}${arrow("M10 24a14 14 0 0 1 26-5m.5-6-.5 6-6-.5")}`,
  orientation: svg`${line("M24 33V4M8 18h32")}<path class="agent" d="m30 10-2 12-3.500-3.500-5 .500Z" transform="rotate(12 24 18)"/>`,
  contact: svg`<path class="thing" d="M5 5h38v5H5z"/><path class="agent" d="m24 11 5 13-5-2.500-5 2.500Z"/>${arrow("M14 14l-3 3M34 14l3 3")}`,
  lastAction: svg`${AGENT}${arrow("M13 9a12 12 0 0 1 22 0M13 3v6h6")}`,
  gridSensor: svg`${line("M9 4h30v28H9zM19 4v28M29 4v28M9 13.300h30M9 22.700h30")}<path class="thing" d="M29 4h10v9.300H29z"/><path class="agent" d="m24 14 3 7-3-1.500-3 1.500Z"/>`,
  stacked: svg`<path class="line" d="M8 6h20v14H8zM14 11h20v14H14z"/><path class="agent" d="M20 16h20v14H20z"/>`,
  drive: svg`<path class="agent" d="m24 12 5 12-5-2.500-5 2.500Z"/>${arrow("M24 9V2m-3.500 3.500L24 2l3.500 3.500M24 27v7m-3.500-3.500L24 34l3.500-3.500")}`,
  turn: svg`<path class="agent" d="m24 11 5 13-5-2.700-5 2.700Z"/>${arrow("M12 25a13 13 0 0 1 4-16m-5.500.500L16 9l.500 5.500M36 25a13 13 0 0 0-4-16m5.500.500L32 9l-.5 5.500")}`,
  movePlane: svg`<circle class="agent" cx="24" cy="18" r="5"/>${arrow("M24 10V3m-3 3 3-3 3 3M24 26v7m-3-3 3 3 3-3M16 18H8m3-3-3 3 3 3M32 18h8m-3-3 3 3-3 3")}`,
  jump: svg`<path class="agent" d="M19 16h10v9H19z"/>${line("M6 32h36")}${arrow("M24 12V3m-4 4 4-4 4 4M15 28l3-2M33 28l-3-2")}`,
  approach: svg`${AGENT}${arrow("M24 16V9m-3 3 3-3 3 3")}${dot(24, 4, 3)}`,
  reach: svg`<circle class="line" cx="24" cy="15" r="12"/><circle class="line" cx="24" cy="15" r="7"/>${dot(24, 15, 2.5)}${AGENT}`,
  keepDistance: svg`<circle class="line" cx="14" cy="18" r="11"/>${dot(14, 18, 3)}<path class="agent" d="m37 12 5 11-5-2.300-5 2.300Z"/>`,
  face: svg`${line("M24 19 14 4h20Z")}${dot(24, 5, 3)}${AGENT}`,
  stayUpright: svg`${line("M8 32h32")}<path class="agent" d="M20 12h8v20h-8z"/>${arrow("M24 9V2m-3 3 3-3 3 3")}`,
  moveForward: svg`${AGENT}${arrow("M24 16V3m-4.500 4.500L24 3l4.500 4.500")}`,
  holdSpeed: svg`<path class="line" d="M9 28a16 16 0 1 1 30 0"/><path class="act" d="m24 22 8-9"/>${dot(24, 22)}`,
  avoidContact: svg`<path class="thing" d="M5 4h38v5H5z"/>${AGENT}${arrow("m20 12 8 5m0-5-8 5")}`,
  collect: svg`${dot(12, 8)}${dot(24, 6)}${dot(36, 9)}${AGENT}${line("M24 17V11")}`,
  survive: svg`<path class="act" d="M24 30S9 22 9 12.500C9 5 20 3.500 24 10.500 28 3.500 39 5 39 12.500 39 22 24 30 24 30Z"/>`,
  effort: svg`<path class="act" d="m27 3-12 17h8l-2 13 12-17h-8Z"/>`,
  time: CLOCK,
  timeLimit: CLOCK,
  reached: svg`<path class="line" d="M14 33V4"/><path class="thing" d="M14 4h20l-5 6 5 6H14Z"/>`,
  fell: svg`<path class="line" d="M4 12h16v20"/><path class="agent" d="m32 14 3 11-9-4Z"/>${arrow("M33 27v6m-3-3 3 3 3-3")}`,
  left: svg`<path class="line" stroke-dasharray="3 3" d="M4 5h26v26H4z"/>${arrow("M16 18h26m-5-5 5 5-5 5")}`,
  touched: svg`<circle class="agent" cx="17" cy="18" r="8"/><circle class="thing" cx="33" cy="18" r="8"/>`,
  randomPose: svg`<path class="line" stroke-dasharray="3 3" d="M4 4h40v28H4z"/><path class="agent" d="m15 10 4 9-4-2-4 2Z"/><path class="agent" opacity=".45" d="m33 17-1 10-3-3-4 .5Z"/>`,
  randomTarget: svg`<path class="line" stroke-dasharray="3 3" d="M4 4h40v28H4z"/>${dot(14, 12, 3)}<g opacity=".45">${dot(33, 23, 3)}</g>`,
  samePose: svg`<path class="line" d="M24 32V18"/><path class="thing" d="M24 3a8 8 0 0 1 8 8c0 6-8 12-8 12s-8-6-8-12a8 8 0 0 1 8-8Z"/>`,
};

const ANYTHING = svg`<rect class="agent" x="16" y="10" width="16" height="16" rx="3"/>`;

/** What a kind of part does, at a glance; beside its title, so that people who cannot see it miss nothing. */
export function partPicture(kind: string, width = 48): TemplateResult {
  return html`<svg class="part-picture" width=${width} height=${(width * 3) / 4} viewBox="0 0 48 36" aria-hidden="true">
    ${Object.hasOwn(PICTURES, kind) ? PICTURES[kind] : ANYTHING}
  </svg>`;
}
