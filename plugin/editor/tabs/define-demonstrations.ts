import { defineElement } from "../define-element.ts";
import { EpisodeRow } from "../elements/episode-row.ts";
import { DemonstrationsTab } from "./demonstrations-tab.ts";

/** Tells the page of the elements of the tab Show. */
export function defineDemonstrations(): void {
  defineElement("bns-demonstrations-tab", DemonstrationsTab);
  defineElement("bns-episode-row", EpisodeRow);
}
