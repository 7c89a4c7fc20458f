import { css } from "lit";

const light = css`
  --surface: #fbfbfd;
  --raised: #ffffff;
  --sunken: #f1f2f6;
  --ink: #1b1d26;
  --ink-soft: #565b6e;
  --line: #dfe1ea;
  --line-strong: #8b90a3;
  --accent: #3f54d1;
  --accent-soft: #e6e9fb;
  --on-accent: #ffffff;
  --good: #1a7449;
  --good-soft: #ddf3e7;
  --warn: #8a5700;
  --warn-soft: #fdf0d7;
  --bad: #b3261e;
  --bad-soft: #fde5e3;
  --shadow: 0 8px 32px rgb(20 24 48 / 16%), 0 1px 3px rgb(20 24 48 / 10%);
`;

const dark = css`
  --surface: #16181f;
  --raised: #1f222c;
  --sunken: #101218;
  --ink: #eceef5;
  --ink-soft: #a4aabd;
  --line: #2d3140;
  --line-strong: #6b7186;
  --accent: #93a4ff;
  --accent-soft: #272d4d;
  --on-accent: #0f1230;
  --good: #6fd6a0;
  --good-soft: #173526;
  --warn: #f1bb63;
  --warn-soft: #3a2d13;
  --bad: #ff9a90;
  --bad-soft: #431d1a;
  --shadow: 0 8px 32px rgb(0 0 0 / 48%), 0 1px 3px rgb(0 0 0 / 32%);
`;

/** The panel's colours, light and dark, and its measures; every element below inherits them. */
export const tokens = css`
  :host {
    ${light}
    color-scheme: light;
    --gap: 8px;
    --radius: 8px;
    --small: 12px;
    --text: 13px;
    --title: 15px;
    /* The least height of whatever is touched. */
    --touch: 0px;
    --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace;
    font:
      13px/1.45 system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Helvetica Neue",
      sans-serif;
    color: var(--ink);
  }
  @media (pointer: coarse) {
    :host {
      --touch: 40px;
    }
  }
  @media (prefers-color-scheme: dark) {
    :host {
      ${dark}
      color-scheme: dark;
    }
  }
  :host([theme="light"]) {
    ${light}
    color-scheme: light;
  }
  :host([theme="dark"]) {
    ${dark}
    color-scheme: dark;
  }
`;
