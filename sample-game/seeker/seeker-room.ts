import type { Room, RoomHost } from "../shell/room.ts";
import { SeekerRoom } from "./view/open-seeker.ts";

/** Opens the seeker's court: builds the scene, loads the golem's mind, and lets it look around. */
export async function openSeeker(host: RoomHost): Promise<Room> {
  const room = new SeekerRoom(host);
  await room.begin();
  return room;
}
