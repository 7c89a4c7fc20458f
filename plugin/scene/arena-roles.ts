import { createAgentGroup, type AgentGroup } from "../core/environment.ts";
import { ConfigurationError } from "../core/errors.ts";
import { imageParts, observationLabels, quoteAll, unboundedFlags } from "../core/observation-spec.ts";
import type { RoleSpec } from "../core/role-spec.ts";
import type { Sights } from "./agent-body.ts";
import type { LessonArena } from "./arena.ts";

/** The agents of one role in all arenas of a scene. Arena `a` owns the rows from `a * agentsPerArena` on. */
export interface RoleSlots {
  readonly role: string;
  readonly agentsPerArena: number;
  readonly group: AgentGroup & Required<Pick<AgentGroup, "termNames" | "termSums">>;
  /** Where the last sights of ended episodes are written. */
  readonly finalSights: Sights;
}

/**
 * Joins the agents of all arenas, role by role.
 *
 * @param who - Named in messages, e.g. `Lesson "yard"`.
 * @throws ConfigurationError for no agents, several roles, or arenas whose agents differ.
 */
export function joinRoles(arenas: readonly LessonArena[], who: string): RoleSlots[] {
  const names = [...arenas[0].teams.keys()];
  if (names.length === 0) {
    throw new ConfigurationError(`${who}: needed at least 1 agent, came none. Call arena.addAgent in build.`);
  }
  for (const arena of arenas) {
    assertSameTeams(arenas[0], arena, who);
    assertSameScores(arenas[0], arena, who);
  }
  if (names.length > 1) {
    throw new ConfigurationError(
      `${who}: needed 1 role, came ${names.length} (${quoteAll(names)}). Only one role can be taught at a time yet; script the others in step.`,
    );
  }
  return names.map((role) => {
    const { bodies } = arenas[0].teams.get(role)!;
    const agents = bodies.length * arenas.length;
    const termNames = arenas[0].scores.map(({ name }) => name);
    const termSums = new Float32Array(agents * termNames.length);
    const group = { ...createAgentGroup(bodies[0].role, agents, `${who}, role "${role}"`), termNames, termSums };
    const { finalObservations, finalImages, masks } = group;
    const finalSights = { observations: finalObservations, images: finalImages, masks };
    return { role, agentsPerArena: bodies.length, group, finalSights };
  });
}

function assertSameTeams(first: LessonArena, arena: LessonArena, who: string): void {
  for (const role of new Set([...first.teams.keys(), ...arena.teams.keys()])) {
    const needed = first.teams.get(role)?.bodies ?? [];
    const came = arena.teams.get(role)?.bodies ?? [];
    if (needed.length !== came.length) {
      throw new ConfigurationError(
        `${who}: needed ${needed.length} of the role "${role}" in arena ${arena.index} as in arena 0, came ${came.length}. Build every arena alike.`,
      );
    }
    came.forEach((body, agent) => {
      assertAlike(needed[0].role, body.role, `${who}, arena ${arena.index}, ${role} ${agent}`);
    });
  }
}

function assertSameScores(first: LessonArena, arena: LessonArena, who: string): void {
  const [needed, came] = [first, arena].map(({ scores }) => quoteAll(scores.map(({ name }) => name)) || "none");
  if (needed === came) return;
  throw new ConfigurationError(
    `${who}: needed the scores ${needed} in arena ${arena.index} as in arena 0, came ${came}. Build every arena alike.`,
  );
}

function assertAlike(first: RoleSpec, role: RoleSpec, who: string): void {
  const flag = (spec: RoleSpec): string[] => {
    const flags = unboundedFlags(spec.observation);
    return observationLabels(spec.observation).map((label, i) => (flags[i] === 1 ? `${label} (unbounded)` : label));
  };
  const branches = (spec: RoleSpec): string[] =>
    spec.action.discrete.map(({ label, choices }) => `${label}: ${choices.join(", ")}`);
  const pictures = (spec: RoleSpec): string[] =>
    imageParts(spec.observation).map((part) => `${part.label}, ${part.width} × ${part.height} × ${part.channels}`);
  compare(flag(first), flag(role), `${who}: needed the observation`, "sensors");
  compare(pictures(first), pictures(role), `${who}: needed the picture`, "sensors");
  compare(first.action.continuous, role.action.continuous, `${who}: needed the action`, "actuators");
  compare(branches(first), branches(role), `${who}: needed the choice`, "actuators");
}

function compare(first: readonly string[], labels: readonly string[], needed: string, parts: string): void {
  const quote = (label: string | undefined): string => (label === undefined ? "none" : `"${label}"`);
  for (let i = 0; i < Math.max(first.length, labels.length); i++) {
    if (first[i] === labels[i]) continue;
    throw new ConfigurationError(
      `${needed} ${i} to be ${quote(first[i])} as for the first agent, came ${quote(labels[i])}. Give all agents of a role the same ${parts} in the same order.`,
    );
  }
}
