import havokUrl from "@babylonjs/havok/lib/esm/HavokPhysics.wasm?url";
import { loadHavok } from "../../plugin/index.ts";
import type { Room, RoomHost } from "../shell/room.ts";
import { YardRoom } from "./view/open-yard.ts";

/** One for all visits: the room gives back what it took of Havok's memory, but Havok's memory itself never shrinks. */
let havok: ReturnType<typeof loadHavok> | null = null;

/** Opens the Yard: loads physics and minds, builds the scene, and lets a scripted thief run until somebody plays. */
export async function openYard(host: RoomHost): Promise<Room> {
  havok ??= loadHavok(havokUrl).catch((problem: unknown) => {
    havok = null; // the next visit may fare better
    throw problem;
  });
  const room = new YardRoom(host, await havok);
  await room.begin();
  return room;
}
