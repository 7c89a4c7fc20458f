import type { TrainingProgress } from "../../plugin/learn/messages.ts";

const WIDTH = 720;
const HEIGHT = 240;
const MARGIN = 40;

/** Draws a run's success rate over its decisions, as an SVG for the model's card. */
export function drawCurve(curve: readonly TrainingProgress[]): string {
  const total = curve.at(-1)?.decisions ?? 1;
  const x = (decisions: number): number => MARGIN + ((WIDTH - 2 * MARGIN) * decisions) / total;
  const y = (share: number): number => HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share;
  const points = curve
    .filter(({ successRate }) => Number.isFinite(successRate))
    .map(({ decisions, successRate }) => `${x(decisions).toFixed(1)},${y(successRate).toFixed(1)}`);
  const lines = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<path d="M${MARGIN} ${y(share)}H${WIDTH - MARGIN}" stroke="#8884"/><text x="${MARGIN - 6}" y="${y(share) + 4}" text-anchor="end">${share * 100}%</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="11" fill="#777">
${lines.join("\n")}
<polyline points="${points.join(" ")}" fill="none" stroke="#d98324" stroke-width="2"/>
<text x="${WIDTH - MARGIN}" y="${HEIGHT - 12}" text-anchor="end">${total.toLocaleString("en")} decisions</text>
<text x="${MARGIN}" y="20">success while learning, over the last 100 episodes</text>
</svg>
`;
}
