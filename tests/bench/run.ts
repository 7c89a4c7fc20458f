/** `npm run bench`: speed and memory, each held against its bar. */
import { runGroupsAsProgram } from "./run-groups.ts";

await runGroupsAsProgram(new URL("./benches/", import.meta.url), "npm run bench");
