import { defineElement } from "../define-element.ts";
import { NetworkDrawing } from "../elements/network-drawing.ts";
import { ObservationList } from "../elements/observation-list.ts";
import { OutcomeList } from "../elements/outcome-list.ts";
import { TimelineBar } from "../elements/timeline-bar.ts";
import { ValueLegend } from "../elements/value-legend.ts";
import { ValueLine } from "../elements/value-line.ts";
import { UnderstandTab } from "./understand-tab.ts";

/** Tells the page of the elements of the tab Understand. */
export function defineUnderstanding(): void {
  defineElement("bns-understand-tab", UnderstandTab);
  defineElement("bns-value-legend", ValueLegend);
  defineElement("bns-value-line", ValueLine);
  defineElement("bns-timeline-bar", TimelineBar);
  defineElement("bns-outcome-list", OutcomeList);
  defineElement("bns-observation-list", ObservationList);
  defineElement("bns-network-drawing", NetworkDrawing);
}
