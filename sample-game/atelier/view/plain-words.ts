/** What went wrong, for people: the library's messages without the name of the function that noticed. */
export function plainWords(problem: unknown): string {
  const message = problem instanceof Error ? problem.message : String(problem);
  const told = message.replace(/^[\w.]+ "([^"]*)": /, (_, name: string) => `“${name}”: `);
  if (told !== message) return told;
  const bare = message.replace(/^[\w.]+: /, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
