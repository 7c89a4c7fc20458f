import { loadSpriteModel } from "../../plugin/paint.ts";
import { atelierConfig } from "./rules/config.ts";
import { createSpriteArtist } from "./work/sprite-artist.ts";
import { answerSpriteCall, type SpriteCall } from "./work/sprite-messages.ts";

// The worker in which shields are imagined. Built, it lies in assets/, models/ beside that folder.
const artist = createSpriteArtist({
  load: (network) => loadSpriteModel(new URL(`../models/sprites/${network}.bnw`, self.location.href)),
  studied: atelierConfig.studiedShields,
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
});
self.addEventListener("message", ({ data }: MessageEvent<SpriteCall>) => {
  void answerSpriteCall(artist, data).then((answer) => self.postMessage(answer));
});
