import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { afterEach, expect, test } from "vitest";
import { turn } from "../../plugin/scene/actuators/turn.ts";
import { Pose } from "../../plugin/scene/pose.ts";
import { createTestWorld, face, type TestWorld } from "./test-world.ts";

let world: TestWorld;
afterEach(() => world?.dispose());

const rounded = (vector: Vector3): number[] => vector.asArray().map((x) => Math.round(x * 1e4) / 1e4 + 0);

// In a scene that renders nothing between two looks, all of these must be noticed.
const CHANGES: [string, (node: TransformNode, world: TestWorld) => void, number[]][] = [
  ["a moved position", (node) => (node.position.x = 7), [7, 0, 0]],
  ["a new position", (node) => (node.position = new Vector3(0, 8, 0)), [0, 8, 0]],
  ["a new parent", (node, { node: make }) => (node.parent = make("parent", [0, 0, 9])), [1, 0, 9]],
  ["an absolute position", (node) => node.setAbsolutePosition(new Vector3(4, 5, 6)), [4, 5, 6]],
];

test.each(CHANGES)("%s is noticed within a frame", async (_name, change, expected) => {
  world = await createTestWorld();
  const node = world.node("node", [1, 0, 0]);
  const pose = new Pose();
  pose.read(node);
  change(node, world);
  expect(rounded(pose.read(node).position)).toEqual(expected);
});

test("a moved grandparent and a lost parent are noticed within a frame", async () => {
  world = await createTestWorld();
  const [grandparent, parent, node] = [world.node("a"), world.node("b"), world.node("c", [1, 0, 0])];
  parent.parent = grandparent;
  node.parent = parent;
  const pose = new Pose();
  pose.read(node);
  grandparent.position.z = 3;
  expect(rounded(pose.read(node).position)).toEqual([1, 0, 3]);
  node.parent = null;
  expect(rounded(pose.read(node).position)).toEqual([1, 0, 0]);
});

test("a new rotation is noticed within a frame, and so is the loss of it", async () => {
  world = await createTestWorld();
  const node = world.node("node");
  const pose = new Pose();
  pose.read(node);
  face(node, Math.PI / 2);
  expect(rounded(pose.read(node).forward)).toEqual([1, 0, 0]);
  node.rotationQuaternion!.copyFrom(Quaternion.RotationYawPitchRoll(Math.PI, 0, 0));
  expect(rounded(pose.read(node).forward)).toEqual([0, 0, -1]);
  node.rotationQuaternion = null;
  expect(rounded(pose.read(node).forward)).toEqual([0, 0, 1]);
});

test("the axes have length 1 whatever the scaling", async () => {
  world = await createTestWorld();
  const node = world.node("node");
  node.scaling.set(2, 3, 4);
  const { right, up, forward } = new Pose().read(node);
  expect([right, up, forward].map(rounded)).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

test("right is to the right, and a turn to the right goes there, whatever mirrors the node", async () => {
  world = await createTestWorld();
  const [root, node] = [world.node("__root__"), world.node("node")];
  root.scaling.z = -1;
  face(root, Math.PI);
  node.parent = root;
  const pose = new Pose();
  const { right, up, forward } = pose.read(node);
  expect([right, up, forward].map(rounded)).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  for (const quaternion of [null, Quaternion.Identity()]) {
    node.rotationQuaternion = quaternion;
    turn({ radiansPerSecond: Math.PI }).act(node, Float32Array.of(0.5), 0, 1);
    expect(rounded(pose.read(node).forward)).toEqual([1, 0, 0]);
    expect(rounded(pose.right)).toEqual([0, 0, -1]);
  }
});
