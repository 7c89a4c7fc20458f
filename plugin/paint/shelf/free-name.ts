/**
 * A name that is free: itself, without the ending of a file, or with a number.
 *
 * @param most - Characters that it may have.
 */
export function freeName(wished: string, taken: ReadonlySet<string>, most: number): string {
  const base = wished.replace(/\.[a-z0-9]{2,5}$/i, "").trim() || "Mine";
  for (let number = 1; ; number++) {
    const end = number === 1 ? "" : ` ${number}`;
    const name = base.slice(0, most - end.length).trim() + end;
    if (!taken.has(name)) return name;
  }
}
