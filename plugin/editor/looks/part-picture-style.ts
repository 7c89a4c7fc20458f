import { css } from "lit";

/** Colours of the drawings of parts. */
export const partPictureStyle = css`
  .part-picture {
    fill: none;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.6;
    border-radius: 6px;
    background: var(--sunken);
  }
  .part-picture .agent {
    fill: var(--ink-soft);
  }
  .part-picture .thing {
    fill: var(--accent);
  }
  .part-picture .line {
    stroke: var(--line-strong);
  }
  .part-picture .act {
    stroke: var(--accent);
    stroke-width: 2;
  }
`;
