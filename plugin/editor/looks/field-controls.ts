import { css } from "lit";

/** How one setting of a part lies on the panel: title and hint above, control below. */
export const fieldControls = css`
  :host {
    display: grid;
    gap: 2px;
  }
  .head {
    display: flex;
    align-items: center;
    min-height: 24px;
  }
  .head label {
    font-weight: 500;
  }
  button.hint {
    position: relative;
    width: 24px;
    min-height: 24px;
    color: var(--ink-soft);
  }
  /* Easier to touch than it looks. */
  button.hint::after {
    content: "";
    position: absolute;
    inset: -8px;
  }
  .about {
    padding-bottom: 6px;
    max-width: 60ch;
  }
  input[type="number"] {
    width: 74px;
  }
  .unset input[type="range"] {
    opacity: 0.55;
  }
  .unit {
    min-width: 3.2em;
    flex: none;
  }
  .wide,
  select {
    width: 100%;
  }
  .numbers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(64px, 1fr));
    gap: 6px;
  }
  .numbers label {
    display: grid;
    gap: 2px;
  }
  .numbers input[type="number"] {
    width: 100%;
  }
  .bits {
    display: grid;
    grid-template-columns: repeat(8, minmax(0, 1fr));
    gap: 3px;
  }
  .bits button {
    padding: 0;
    font-size: var(--small);
  }
  .draw {
    margin-top: 4px;
    justify-self: start;
  }
  .switch {
    appearance: none;
    position: relative;
    width: 38px;
    height: 22px;
    margin: 2px 0;
    border-radius: 99px;
    background: var(--line-strong);
    cursor: pointer;
  }
  .switch::before {
    content: "";
    position: absolute;
    inset: -9px -4px;
  }
  .switch::after {
    content: "";
    position: absolute;
    inset: 3px auto 3px 3px;
    width: 16px;
    border-radius: 50%;
    background: var(--raised);
  }
  .switch:checked {
    background: var(--accent);
  }
  .switch:checked::after {
    inset: 3px 3px 3px auto;
  }
`;
