import type { Room, RoomHost } from "../shell/room.ts";
import { StudioRoom } from "./view/open-studio-room.ts";

/** Opens the studio: a small scene in which nobody has learned anything, and the panel beside it. */
export async function openStudioRoom(host: RoomHost): Promise<Room> {
  const room = new StudioRoom(host);
  await room.begin();
  return room;
}
