import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadPanelState, readPanelState, savePanelState } from "../../../plugin/editor/model/panel-state.ts";

describe("The panel's state", () => {
  it("is what a first visit has where there is no storage at all", () => {
    savePanelState({ ...readPanelState(null), tab: "teach" }); // Node has no localStorage: it must not throw
    expect(loadPanelState()).toEqual(readPanelState(null));
  });

  it("brings sizes back into their limits", () => {
    expect(readPanelState({ width: 1e9, height: -3 })).toMatchObject({ width: 900, height: 0.25 });
  });

  it("is sound whatever storage holds", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        const { dock, theme, width, height } = readPanelState(stored);
        expect(["left", "right", "bottom"]).toContain(dock);
        expect(["system", "light", "dark"]).toContain(theme);
        expect(width >= 280 && width <= 900 && height >= 0.25 && height <= 0.9).toBe(true);
      }),
    );
  });
});
