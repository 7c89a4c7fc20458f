import { css } from "lit";

/** How a thin progress bar looks. */
export const progressBar = css`
  progress {
    width: 100%;
    height: 6px;
    appearance: none;
    border: 0;
    border-radius: 6px;
    overflow: hidden;
    background: var(--sunken);
  }
  progress::-webkit-progress-bar {
    background: var(--sunken);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
`;
