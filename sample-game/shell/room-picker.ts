import { element } from "./element.ts";
import type { RoomDoor } from "./room.ts";

/** A row of doors at the top of the page; empty while there is only one room. */
export function createRoomPicker(
  doors: readonly RoomDoor[],
  current: string,
  onPick: (door: RoomDoor) => void,
): HTMLElement | null {
  if (doors.length < 2) return null;
  return element(
    "nav",
    { class: "room-picker", attributes: { "aria-label": "Rooms" } },
    ...doors.map((door) =>
      element("button", {
        class: "chip",
        text: door.word,
        attributes: {
          type: "button",
          "aria-label": door.name,
          title: door.invitation,
          "aria-current": door.id === current ? "page" : null,
        },
        onClick: () => onPick(door),
      }),
    ),
  );
}
