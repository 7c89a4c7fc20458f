import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EditHistory, KEPT_KEY, type Holder } from "../../../plugin/editor/model/edit-history.ts";

/** Writes what is kept, as the plugin does: into a new object. */
function keep(holder: Holder, what: unknown): void {
  holder.metadata = { ...(holder.metadata as object | null), [KEPT_KEY]: what };
}

const kept = (holder: Holder): unknown => (holder.metadata as Record<string, unknown> | null)?.[KEPT_KEY];

describe("EditHistory", () => {
  it("takes an edit back and does it again", () => {
    const node: Holder = { metadata: null };
    const history = new EditHistory();
    history.perform("Add", [node], () => keep(node, [1]));
    expect([history.undoTitle, history.redoTitle]).toEqual(["Add", null]);
    expect(history.undo()).toBe(true);
    expect(node.metadata).toBeNull();
    expect(history.redo()).toBe(true);
    expect(kept(node)).toEqual([1]);
    expect([history.undoTitle, history.redoTitle]).toEqual(["Add", null]);
  });

  it("leaves what the game has put into the metadata meanwhile", () => {
    const node: Holder = { metadata: null };
    const history = new EditHistory();
    history.perform("Add", [node], () => keep(node, [1]));
    (node.metadata as Record<string, unknown>)["score"] = 7;
    history.undo();
    expect(node.metadata).toEqual({ score: 7 });
  });

  it("keeps the order of the fields", () => {
    const node: Holder = { metadata: { a: 1, [KEPT_KEY]: "old", b: 2 } };
    const before = JSON.stringify(node);
    const history = new EditHistory();
    history.perform("Forget", [node], () => (node.metadata = { a: 1, b: 2 }));
    history.undo();
    expect(JSON.stringify(node)).toBe(before);
  });

  it("brings back what an edit moved out of glTF's extras", () => {
    const gltf = { extras: { [KEPT_KEY]: "kept" } };
    const node: Holder = { metadata: { gltf } };
    const before = JSON.stringify(node);
    const history = new EditHistory();
    history.perform("Move", [node], () => (node.metadata = { gltf: { extras: {} }, [KEPT_KEY]: "kept, changed" }));
    history.undo();
    expect(JSON.stringify(node)).toBe(before);
  });

  it("undoes and forgets an edit that fails half-way", () => {
    const node: Holder = { metadata: { a: 1 } };
    const history = new EditHistory();
    const fail = (): void => {
      keep(node, "half");
      throw new Error("no");
    };
    expect(() => history.perform("Fail", [node], fail)).toThrow("no");
    expect(node.metadata).toEqual({ a: 1 });
    expect(history.undoTitle).toBeNull();
  });

  it("remembers nothing of an edit that changes nothing", () => {
    const node: Holder = { metadata: { [KEPT_KEY]: [1] } };
    const history = new EditHistory();
    history.perform("Same", [node], () => keep(node, [1]));
    expect(history.undo()).toBe(false);
  });

  it("takes a drag for one edit, and the next drag for another", () => {
    const node: Holder = { metadata: null };
    const history = new EditHistory();
    for (const value of [1, 2, 3]) history.perform("Range", [node], () => keep(node, value), "range");
    history.settle();
    for (const value of [4, 5]) history.perform("Range", [node], () => keep(node, value), "range");
    history.undo();
    expect(kept(node)).toBe(3);
    history.undo();
    expect(node.metadata).toBeNull();
  });

  it("forgets what was undone when something else is done", () => {
    const node: Holder = { metadata: null };
    const history = new EditHistory();
    history.perform("One", [node], () => keep(node, 1));
    history.undo();
    history.perform("Two", [node], () => keep(node, 2));
    expect(history.redo()).toBe(false);
  });

  it("restores any metadata exactly, by undoing any edits of it", () => {
    const block = fc.option(fc.jsonValue(), { nil: undefined });
    const metadata = fc.oneof(fc.constant(null), fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }));
    fc.assert(
      fc.property(metadata, fc.array(block, { minLength: 1, maxLength: 8 }), (start, blocks) => {
        const node: Holder = { metadata: start };
        const before = JSON.stringify(node);
        const history = new EditHistory();
        for (const each of blocks) {
          history.perform("Edit", [node], () => {
            const { [KEPT_KEY]: _, ...others } = (node.metadata ?? {}) as Record<string, unknown>;
            node.metadata = each === undefined ? others : { ...others, [KEPT_KEY]: each };
          });
        }
        const after = JSON.stringify(node);
        let count = 0;
        while (history.undo()) count += 1;
        expect(JSON.stringify(node)).toBe(before);
        while (count-- > 0) history.redo();
        expect(JSON.stringify(node)).toBe(after);
      }),
    );
  });

  it("takes back and does again what lies outside of metadata, in its order", () => {
    const mesh = { metadata: null, material: "grass" };
    const history = new EditHistory();
    const steps: string[] = [];
    history.onStepObservable.add(({ title, holders }) => steps.push(`${title}: ${holders.length}`));
    history.perform("Add", [mesh], () => keep(mesh, 1));
    history.performEffect("Paint", [mesh], {
      apply: () => (mesh.material = "brick"),
      revert: () => (mesh.material = "grass"),
      forget: () => undefined,
    });
    expect([mesh.material, history.undoTitle]).toEqual(["brick", "Paint"]);
    history.undo();
    expect([mesh.material, kept(mesh)]).toEqual(["grass", 1]);
    history.undo();
    expect([mesh.material, mesh.metadata]).toEqual(["grass", null]);
    history.redo();
    history.redo();
    expect([mesh.material, kept(mesh)]).toEqual(["brick", 1]);
    expect(steps).toEqual(["Paint: 1", "Add: 1", "Add: 1", "Paint: 1"]);
  });

  it("remembers nothing of an effect that throws", () => {
    const history = new EditHistory();
    const apply = (): never => {
      throw new Error("no paint");
    };
    const effect = { apply, revert: () => undefined, forget: () => undefined };
    expect(() => history.performEffect("Paint", [], effect)).toThrow("no paint");
    expect(history.undoTitle).toBeNull();
  });

  it("tells an effect when nobody can come back to it: after another edit, and when all is forgotten", () => {
    const history = new EditHistory();
    const forgotten: string[] = [];
    const paint = (name: string): void =>
      history.performEffect(name, [], {
        apply: () => undefined,
        revert: () => undefined,
        forget: () => forgotten.push(name),
      });
    paint("brick");
    paint("sand");
    history.undo();
    expect(forgotten).toEqual([]);
    paint("soil");
    expect(forgotten).toEqual(["sand"]);
    history.clear();
    expect(forgotten).toEqual(["sand", "brick", "soil"]);
  });
});
