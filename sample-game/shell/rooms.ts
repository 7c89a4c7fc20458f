import type { RoomDoor } from "./room.ts";

/** Every room of the house. The picker shows up as soon as there are two. */
export const ROOMS: readonly RoomDoor[] = [
  {
    id: "yard",
    name: "Golem Yard",
    word: "Yard",
    invitation: "Steal the gem while golems that learn hunt you.",
    open: async (host) => (await import("../yard/yard-room.ts")).openYard(host),
  },
  {
    id: "maze",
    name: "Hedge Maze",
    word: "Maze",
    invitation: "Watch a golem find its way by what it sees, and lay the gem elsewhere.",
    open: async (host) => (await import("../maze/maze-room.ts")).openMaze(host),
  },
  {
    id: "seeker",
    name: "Seeker's Court",
    word: "Court",
    invitation: "Look through the camera of a golem that was taught which gem to fetch.",
    open: async (host) => (await import("../seeker/seeker-room.ts")).openSeeker(host),
  },
  {
    id: "atelier",
    name: "Atelier",
    word: "Atelier",
    invitation: "Turn a picture or a few sliders into a seamless material, and put it on the wall.",
    open: async (host) => (await import("../atelier/atelier-room.ts")).openAtelier(host),
  },
  {
    id: "studio",
    name: "Studio",
    word: "Studio",
    invitation: "Begin with an empty scene: give something senses, make a lesson, and teach it. No code.",
    open: async (host) => (await import("../studio/studio-room.ts")).openStudioRoom(host),
  },
];
