import havokUrl from "@babylonjs/havok/lib/esm/HavokPhysics.wasm?url";
import { loadHavok } from "../../plugin/index.ts";
import type { Room, RoomHost } from "../shell/room.ts";
import { YardRoom } from "./view/open-yard.ts";

/** Opens the Yard: loads physics and minds, builds the scene, and lets a scripted thief run until somebody plays. */
export async function openYard(host: RoomHost): Promise<Room> {
  const room = new YardRoom(host, await loadHavok(havokUrl));
  await room.begin();
  return room;
}
