import { css } from "lit";

/** How buttons, inputs, sliders, cards and empty states look, in every element of the panel. */
export const controls = css`
  :host {
    display: block;
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: var(--title);
    font-weight: 650;
    letter-spacing: -0.005em;
  }
  h3 {
    font-size: var(--text);
    font-weight: 650;
  }
  .soft {
    color: var(--ink-soft);
  }
  h3 .soft {
    margin-left: 4px;
    font-weight: 400;
  }
  .small {
    font-size: var(--small);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: max(30px, var(--touch));
    padding: 4px 11px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--raised);
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    border-color: var(--line-strong);
  }
  button:disabled {
    cursor: default;
    color: var(--ink-soft);
    background: transparent;
  }
  button.main {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.main:disabled {
    background: var(--sunken);
    color: var(--ink-soft);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.quiet:hover:not(:disabled) {
    background: var(--sunken);
  }
  button.icon {
    width: max(30px, var(--touch));
    padding: 0;
    flex: none;
  }
  button.danger {
    color: var(--bad);
  }
  button[aria-pressed="true"] {
    border-color: transparent;
    background: var(--accent-soft);
    color: var(--accent);
  }
  input:not([type="range"], [type="checkbox"], [type="color"]),
  select,
  textarea {
    min-height: max(30px, var(--touch));
    padding: 4px 8px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--raised);
    min-width: 0;
  }
  input[type="number"] {
    font-variant-numeric: tabular-nums;
    text-align: right;
    appearance: textfield;
  }
  input::-webkit-inner-spin-button {
    display: none;
  }
  ::file-selector-button {
    margin-right: 8px;
    padding: 2px 9px;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--sunken);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  input[type="range"],
  input[type="checkbox"] {
    accent-color: var(--accent);
  }
  input[type="range"] {
    min-width: 0;
    margin: 0;
    cursor: pointer;
  }
  svg {
    display: block;
    flex: none;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--gap);
  }
  .wrap {
    flex-wrap: wrap;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .wrap > button {
    white-space: nowrap;
  }
  .wrap > button.grow {
    flex: 1 1 auto;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gap);
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card {
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--raised);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 28px 20px;
    text-align: center;
    color: var(--ink-soft);
    text-wrap: balance;
  }
  .empty > svg {
    color: var(--accent);
  }
  .empty strong {
    color: var(--ink);
    font-size: var(--title);
  }
  .problem {
    display: flex;
    gap: 8px;
    padding: 8px 10px;
    border-radius: var(--radius);
    background: var(--bad-soft);
    color: var(--bad);
    overflow-wrap: anywhere;
  }
  .problem.doubt {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .tag {
    padding: 1px 7px;
    border-radius: 99px;
    background: var(--sunken);
    color: var(--ink-soft);
    font-size: var(--small);
    white-space: nowrap;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    summary {
      align-content: center;
      min-height: var(--touch);
    }
    input[type="checkbox"]:not(.switch) {
      width: 20px;
      height: 20px;
    }
    input[type="range"] {
      height: var(--touch);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    button {
      transition: border-color 0.12s;
    }
  }
`;
