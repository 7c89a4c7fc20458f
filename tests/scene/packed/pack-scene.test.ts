import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateCapsule } from "@babylonjs/core/Meshes/Builders/capsuleBuilder.js";
import { CreateCylinder } from "@babylonjs/core/Meshes/Builders/cylinderBuilder.js";
import { CreateLines } from "@babylonjs/core/Meshes/Builders/linesBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import "@babylonjs/core/Meshes/instancedMesh.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsShapeType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsAggregate } from "@babylonjs/core/Physics/v2/physicsAggregate.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShapeContainer } from "@babylonjs/core/Physics/v2/physicsShape.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { afterEach, describe, expect, it } from "vitest";
import { NeuralController } from "../../../plugin/scene/neural-controller.ts";
import { packScene } from "../../../plugin/scene/packed/pack-scene.ts";
import type { PackedScene } from "../../../plugin/scene/packed/packed-scene.ts";
import { unpackScene, type UnpackedScene } from "../../../plugin/scene/packed/unpack-scene.ts";
import { hasTag } from "../../../plugin/scene/tags.ts";
import { drive } from "../../../plugin/scene/actuators/drive.ts";
import { velocity } from "../../../plugin/scene/sensors/velocity.ts";
import { createTestWorld, messageOf, type TestWorld } from "../test-world.ts";

const worlds: TestWorld[] = [];
afterEach(() => worlds.splice(0).forEach((world) => world.dispose()));

async function newWorld(physics = false): Promise<TestWorld> {
  const world = await createTestWorld({ physics, gravity: 9.81 });
  worlds.push(world);
  return world;
}

/** Through JSON, as into a worker, into arena 3 of another scene. */
async function unpack(packed: PackedScene, physics = false, at = Vector3.Zero()): Promise<UnpackedScene> {
  const { scene } = await newWorld(physics);
  const root = new TransformNode("arena", scene);
  root.position.copyFrom(at);
  root.computeWorldMatrix(true);
  return unpackScene(JSON.parse(JSON.stringify(packed)) as PackedScene, { scene, root, index: 3 });
}

describe("A packed scene", () => {
  it("holds places, parents, tags and triangles, under ids of its own", async () => {
    const world = await newWorld();
    const tower = world.node("tower", [1, 2, 3]);
    tower.rotation.y = 0.5;
    const top = world.box("top", { at: [0, 5, 0], size: [1, 2, 3], tags: "wall high" });
    top.parent = tower;
    top.scaling.set(2, 2, 2);
    top.isPickable = false;
    const hidden = world.box("hidden");
    hidden.setEnabled(false);
    hidden.metadata = { tags: ["gem"] };
    const { scene, cannot } = packScene(world.scene);
    expect(cannot).toEqual([]);

    const unpacked = await unpack(scene, false, new Vector3(100, 0, 0));
    const found = unpacked.node("top") as Mesh;
    expect(found.id).toBe("3/top");
    expect(unpacked.find("3/top")).toBe(found);
    expect(found.name).toBe("top");
    expect(found.parent).toBe(unpacked.find("tower"));
    expect(found.isPickable).toBe(false);
    expect(hasTag(found, "wall") && hasTag(found, "high")).toBe(true);
    top.computeWorldMatrix(true);
    found.computeWorldMatrix(true);
    const there = top.absolutePosition.add(new Vector3(100, 0, 0));
    expect(Vector3.Distance(found.absolutePosition, there)).toBeLessThan(1e-5);
    expect(found.getBoundingInfo().boundingBox.extendSize.asArray()).toEqual([0.5, 1, 1.5]);
    expect(found.getTotalIndices()).toBe(top.getTotalIndices());
    expect(unpacked.node("hidden").isEnabled()).toBe(false);
    expect(hasTag(unpacked.node("hidden"), "gem")).toBe(true);
  });

  it("leaves looks out", async () => {
    const world = await newWorld();
    CreateLines("line", { points: [Vector3.Zero(), Vector3.Up()] }, world.scene);
    world.box("sky").infiniteDistance = true;
    world.box("helper").doNotSerialize = true;
    world.box("wall");
    expect(packScene(world.scene).scene.nodes.map(({ id }) => id)).toEqual(["wall"]);
  });

  it("shares the triangles of instances", async () => {
    const world = await newWorld();
    const tree = world.box("tree");
    tree.createInstance("other tree").position.x = 5;
    const { scene } = packScene(world.scene);
    expect(scene.geometries.length).toBe(1);
    expect((await unpack(scene)).node("other tree").position.x).toBe(5);
  });

  it("tells which node is missing", async () => {
    const { scene } = packScene((await newWorld()).scene);
    const unpacked = await unpack(scene);
    expect(messageOf(() => unpacked.node("ball"))).toBe(
      'unpackScene: needed a node of the packed scene, came "ball". Use the id that it had when the scene was packed.',
    );
  });

  it("changes nothing in the scene", async () => {
    const world = await newWorld(true);
    const box = world.box("box", { mass: 1, at: [0, 3, 0] });
    const before = JSON.stringify(packScene(world.scene));
    expect(JSON.stringify(packScene(world.scene))).toBe(before);
    expect(box.position.asArray()).toEqual([0, 3, 0]);
  });
});

describe("What cannot be packed", () => {
  it("is named, with what happens instead", async () => {
    const world = await newWorld(true);
    const other = world.box("thief");
    other.addBehavior(new NeuralController("thief mind", { sensors: [velocity()], actuators: [drive({ speed: 1 })] }));
    const cart = world.node("cart");
    const shape = new PhysicsShapeContainer(world.scene);
    const body = new PhysicsBody(cart, PhysicsMotionType.DYNAMIC, false, world.scene);
    body.shape = shape;
    const lamp = world.box("lamp");
    lamp.parent = world.scene.cameras[0];
    expect(packScene(world.scene, "guard").cannot).toEqual([
      {
        node: "thief",
        what: 'the agent "thief mind"',
        why: "only one is taught; meanwhile this one stands still",
        matters: true,
      },
      {
        node: "cart",
        what: "a body whose shape is put together from others",
        why: "its shape cannot be read back from the physics engine; while teaching it has no body",
        matters: true,
      },
      {
        node: "lamp",
        what: "what moves with its parent",
        why: 'its parent "camera" is left out; while teaching it stays where it is now',
        matters: true,
      },
    ]);
    shape.dispose();
  });

  it("is not the agent that is taught", async () => {
    const world = await newWorld();
    const guard = world.box("guard");
    guard.addBehavior(new NeuralController("mind", { sensors: [velocity()], actuators: [drive({ speed: 1 })] }));
    expect(packScene(world.scene, "guard").cannot).toEqual([]);
  });
});

/** Things that fall onto a ramp and roll, hit and slide. */
function dropThings(world: TestWorld): Mesh[] {
  const { scene } = world;
  const ramp = world.box("ramp", { size: [20, 1, 20] });
  ramp.physicsBody!.dispose();
  ramp.rotationQuaternion = Quaternion.RotationYawPitchRoll(0.3, 0.2, 0.1);
  new PhysicsAggregate(ramp, PhysicsShapeType.BOX, { mass: 0, friction: 0.4 }, scene);
  const falling = [
    { mesh: CreateSphere("ball", { diameter: 1.1 }, scene), type: PhysicsShapeType.SPHERE },
    { mesh: CreateCapsule("capsule", { height: 2, radius: 0.4 }, scene), type: PhysicsShapeType.CAPSULE },
    { mesh: CreateCylinder("barrel", { height: 1, diameter: 0.8 }, scene), type: PhysicsShapeType.CYLINDER },
    { mesh: CreateSphere("rock", { diameter: 1, segments: 3 }, scene), type: PhysicsShapeType.CONVEX_HULL },
  ];
  const meshes = falling.map(({ mesh, type }, i) => {
    mesh.position.set(3 * i - 5, 4, i);
    const { body } = new PhysicsAggregate(mesh, type, { mass: 1 + i, friction: 0.3, restitution: 0.4 }, scene);
    body.setAngularDamping(0.2);
    return mesh;
  });
  return meshes;
}

describe("Physics of a packed scene", () => {
  it("go as those of the scene that it was packed from", async () => {
    const world = await newWorld(true);
    const meshes = dropThings(world);
    const packed = packScene(world.scene);
    expect(packed.cannot).toEqual([]);
    const unpacked = await unpack(packed.scene, true);
    const other = worlds.at(-1)!;
    world.frames(60);
    other.frames(60);
    for (const mesh of meshes) {
      expect(mesh.position.y, mesh.name).toBeLessThan(4);
      expect(Vector3.Distance(unpacked.node(mesh.id).position, mesh.position), mesh.name).toBeLessThan(0.02);
    }
  });

  it("know a box that stands askew in its node", async () => {
    const world = await newWorld(true);
    const box = world.node("box", [0, 5, 0]);
    const rotation = Quaternion.RotationYawPitchRoll(0.5, 0.2, 0.1);
    const extents = new Vector3(1, 2, 3);
    new PhysicsAggregate(
      box,
      PhysicsShapeType.BOX,
      { mass: 1, extents, rotation, center: new Vector3(0.5, 0, 0) },
      world.scene,
    );
    const { form } = packScene(world.scene).scene.nodes[0].body!.shape;
    expect(form.type).toBe("box");
    if (form.type !== "box") return;
    form.extents.forEach((edge, i) => expect(edge).toBeCloseTo([1, 2, 3][i], 3));
    form.centre.forEach((part, i) => expect(part).toBeCloseTo([0.5, 0, 0][i], 5));
    const turned = Quaternion.FromArray(form.rotation);
    expect(Math.abs(Quaternion.Dot(turned, rotation))).toBeCloseTo(1, 5);
  });

  it("keep locked inertia, masks, triggers and gravity", async () => {
    const world = await newWorld(true);
    const box = world.box("box", { mass: 2 });
    const body = box.physicsBody!;
    body.shape!.filterMembershipMask = 2;
    body.shape!.filterCollideMask = 5;
    body.shape!.isTrigger = true;
    body.setLinearDamping(0.25);
    body.setGravityFactor(0.5);
    const unpacked = await unpack(packScene(world.scene).scene, true);
    const copy = unpacked.node("box").physicsBody!;
    expect(copy.getMassProperties().mass).toBe(2);
    expect(copy.getMassProperties().inertia!.asArray()).toEqual([0, 0, 0]);
    expect([copy.shape!.filterMembershipMask, copy.shape!.filterCollideMask, copy.shape!.isTrigger]).toEqual([
      2,
      5,
      true,
    ]);
    expect([copy.getLinearDamping(), copy.getGravityFactor(), copy.getMotionType()]).toEqual([0.25, 0.5, 2]);
    expect(worlds.at(-1)!.scene.getPhysicsEngine()!.gravity.y).toBeCloseTo(-9.81, 6);
    expect(unpacked.loose).toEqual([unpacked.node("box")]);
  });
});
