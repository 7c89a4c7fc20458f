import { css } from "lit";

/** What uPlot needs of its style sheet, in the panel's colours. */
export const chartStyle = css`
  .uplot {
    position: relative;
    width: min-content;
    line-height: 1.2;
  }
  .u-over,
  .u-under {
    position: absolute;
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-under {
    overflow: hidden;
  }
  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-axis {
    position: absolute;
  }
  .u-cursor-x,
  .u-cursor-y {
    position: absolute;
    left: 0;
    top: 0;
    pointer-events: none;
    will-change: transform;
  }
  .u-cursor-x {
    height: 100%;
    border-right: 1px dashed var(--line-strong);
  }
  .u-cursor-y {
    display: none;
  }
  .u-cursor-pt {
    position: absolute;
    top: 0;
    left: 0;
    border-radius: 50%;
    border: 0 solid;
    pointer-events: none;
    background-clip: padding-box !important;
  }
  .u-off {
    display: none;
  }
`;
