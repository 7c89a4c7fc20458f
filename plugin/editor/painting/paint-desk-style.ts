import { css } from "lit";

/** How the tools of painting lie on the panel. */
export const paintDeskStyle = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }
  :host([over]) {
    outline: 2px dashed var(--accent);
    outline-offset: 6px;
    border-radius: 6px;
  }
  .source {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 6px;
  }
  .colours {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
    align-self: center;
  }
  .colours label {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  input[type="color"] {
    width: 44px;
    height: 30px;
    padding: 2px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--raised);
    cursor: pointer;
  }
  .seed {
    display: grid;
    gap: 2px;
  }
  .seed label {
    display: flex;
    align-items: center;
    min-height: 24px;
    font-weight: 500;
  }
  button[aria-disabled="true"] {
    cursor: default;
    background: transparent;
    color: var(--ink-soft);
  }
  button.main[aria-disabled="true"] {
    background: var(--sunken);
  }
  .foot {
    position: sticky;
    bottom: -24px;
    z-index: 1;
    display: grid;
    gap: 8px;
    margin: 0 -16px;
    padding: 10px 16px 12px;
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
`;
