/** What went wrong, for people: the library's messages without the name of the function that noticed. */
export function plainWords(problem: unknown): string {
  const message = problem instanceof Error ? problem.message : String(problem);
  return message
    .replace(/^(?:[\w.]+|Generator) "([^"]*)": /, (_, name: string) => `“${name}”: `)
    .replace(/^Recipe: /, "This recipe: ");
}
