import type { Room, RoomHost } from "../shell/room.ts";
import { AtelierRoom } from "./view/open-atelier.ts";

/** Opens the Atelier: a first material is painted at once, everything else comes while one looks around. */
export function openAtelier(host: RoomHost): Promise<Room> {
  return Promise.resolve(new AtelierRoom(host));
}
