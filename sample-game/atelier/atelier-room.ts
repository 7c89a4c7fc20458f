import { createPainter, type Painter } from "../../plugin/paint.ts";
import type { Room, RoomHost } from "../shell/room.ts";
import { className } from "./rules/names.ts";
import { atelierConfig } from "./rules/config.ts";
import type { Wish } from "./rules/wish.ts";
import { lookOfClass } from "./work/look-of-class.ts";
import { firstWish, requestOf } from "./work/order.ts";
import { FirstSight } from "./view/first-sight.ts";
import { AtelierRoom } from "./view/open-atelier.ts";

/** Opens the Atelier: a first material is painted and shown at once, everything else comes while one looks at it. */
export async function openAtelier(host: RoomHost): Promise<Room> {
  const opened = performance.now();
  const [painter, sketcher] = [createPainter(startWorker), createPainter(startWorker)];
  const material = atelierConfig.firstMaterial;
  const wish = firstWish(material, { ...lookOfClass(material), ...atelierConfig.firstAttributes }, 7);
  const sight = new FirstSight();
  host.container.append(sight.root);
  const seen = await showFirst(sight, sketcher, wish);
  if (seen) host.reveal();
  const seenMilliseconds = seen ? performance.now() - opened : null;
  return new AtelierRoom(host, { painter, sketcher, wish, sight, opened, seenMilliseconds });
}

/** @returns Whether there is something to see; what went wrong comes up again, and is told, when the room paints. */
async function showFirst(sight: FirstSight, sketcher: Painter, wish: Wish): Promise<boolean> {
  try {
    const { seed, size, settings, generator } = requestOf(wish, atelierConfig.draftSize);
    const { images } = await sketcher.paint({ generator, seed, size, settings });
    await sight.show(images, className(wish.material));
    return true;
  } catch {
    return false;
  }
}

function startWorker(): Worker {
  return new Worker(new URL("./atelier.worker.ts", import.meta.url), { type: "module", name: "atelier" });
}
