import { css } from "lit";

/** How settings lie beside one another, where there is room for it. */
export const paintFields = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
    gap: 10px 20px;
  }
`;
