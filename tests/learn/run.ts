/** `npm run test:learn`: does it learn, how far, and on how many seeds? */
import { runGroupsAsProgram } from "../bench/run-groups.ts";

await runGroupsAsProgram(new URL("./gates/", import.meta.url), "npm run test:learn");
