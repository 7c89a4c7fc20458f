import { css } from "lit";

/** How the panel lies at a side of the window, and its head, its tabs and its foot. */
export const panelStyle = css`
  :host {
    position: fixed;
    z-index: 2000;
    display: grid;
    grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
    container: panel / inline-size;
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  :host([dock="right"]) {
    inset: 0 0 0 auto;
    width: var(--panel-width);
    border-left: 1px solid var(--line);
  }
  :host([dock="left"]) {
    inset: 0 auto 0 0;
    width: var(--panel-width);
    border-right: 1px solid var(--line);
  }
  :host([dock="bottom"]) {
    inset: auto 0 0;
    height: var(--panel-height);
    border-top: 1px solid var(--line);
    border-radius: 14px 14px 0 0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 8px 8px 4px 16px;
  }
  .head h2 {
    flex: 1;
    white-space: nowrap;
  }
  [role="tablist"] {
    display: flex;
    gap: 2px;
    padding: 0 10px;
    overflow-x: auto;
    scrollbar-width: none;
    border-bottom: 1px solid var(--line);
  }
  [role="tab"] {
    flex: none;
    gap: 6px;
    padding: 7px 9px 9px;
    border: 0;
    border-radius: 6px 6px 0 0;
    background: none;
    color: var(--ink-soft);
    position: relative;
  }
  [role="tab"]:focus-visible {
    outline-offset: -3px;
  }
  [role="tab"][aria-selected="true"] {
    color: var(--accent);
    font-weight: 600;
  }
  [role="tab"][aria-selected="true"]::after {
    content: "";
    position: absolute;
    inset: auto 6px -1px;
    height: 2px;
    border-radius: 2px;
    background: var(--accent);
  }
  /* Words below the pictures, all of them in one row; the narrowest panel has room for pictures only. */
  @container panel (max-width: 600px) {
    [role="tablist"] {
      gap: 0;
      padding: 0 6px;
    }
    [role="tab"] {
      flex: 1 1 0;
      flex-direction: column;
      gap: 2px;
      min-width: 0;
      padding: 5px 0 7px;
      font-size: 11px;
      letter-spacing: -0.01em;
    }
    [role="tab"][aria-selected="true"] {
      font-weight: inherit;
    }
  }
  @container panel (max-width: 339px) {
    [role="tab"] span {
      display: none;
    }
  }
  .panel {
    overflow: auto;
    overscroll-behavior: contain;
    padding: 14px 16px 24px;
    outline-offset: -3px;
  }
  :host([dock="bottom"]) .panel > * {
    max-width: 1100px;
    margin-inline: auto;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 0 12px 12px;
    padding: 8px 6px 8px 12px;
    border-radius: var(--radius);
    background: var(--sunken);
    overflow-wrap: anywhere;
  }
  .notice.bad {
    background: var(--bad-soft);
    color: var(--bad);
  }
  .notice.good {
    background: var(--good-soft);
    color: var(--good);
  }
  .notice.asking {
    background: var(--accent);
    color: var(--on-accent);
  }
  .notice.asking :is(button, select) {
    background: transparent;
    border-color: currentcolor;
  }
  .notice.asking select {
    width: 92px;
  }
  .notice.asking option {
    background: var(--raised);
    color: var(--ink);
  }
  .notice p {
    flex: 1;
  }
  @container panel (max-width: 600px) {
    .notice.asking {
      flex-wrap: wrap;
    }
    .notice.asking p {
      flex-basis: calc(100% - 40px);
    }
    .notice.asking select {
      flex: 1;
    }
  }
  @media (max-width: 640px) {
    .head {
      padding-top: 12px;
    }
    .dock {
      display: none;
    }
    .panel {
      padding-bottom: max(24px, env(safe-area-inset-bottom));
    }
  }
`;
