/** Writes a large count in few characters: 12,300 becomes `12.3k`. */
export function shorten(decisions: number): string {
  if (decisions >= 1e6) return `${+(decisions / 1e6).toFixed(2)}M`;
  return decisions >= 1000 ? `${+(decisions / 1000).toFixed(1)}k` : decisions.toString();
}
