import type { Room, RoomHost } from "../shell/room.ts";
import { MazeRoom } from "./view/open-maze.ts";

/** Opens the maze: builds the scene, loads the golem's mind, and lets it walk. */
export async function openMaze(host: RoomHost): Promise<Room> {
  const room = new MazeRoom(host);
  await room.begin();
  return room;
}
