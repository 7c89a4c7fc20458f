import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Halo, Halos } from "../../scenery/halo.ts";
import { Materials } from "../../scenery/materials.ts";
import { PALETTE } from "../../scenery/palette.ts";
import { SolidBuilder, type Tint } from "../../scenery/solid-builder.ts";

/** What the thief's looks depend on. */
export interface ThiefPose {
  /** Whether something stands between it and the camera. */
  readonly hidden: boolean;
  /** Metres per second. */
  readonly speed: number;
  readonly carrying: boolean;
  /** Caught: it lies down and the light goes out. */
  readonly caught: boolean;
  /** Whether any golem sees it now. */
  readonly seen: boolean;
  /** Whether it runs faster than it can for long. */
  readonly sprinting: boolean;
}

const CLOAK: Tint = [0.38, 0.37, 0.6];
const HOOD: Tint = [0.46, 0.45, 0.7];
const SCARF: Tint = [0.62, 0.14, 0.2];
const LEATHER: Tint = [0.3, 0.2, 0.13];
const DARK: Tint = [0.015, 0.015, 0.025];
const GAIT = 2.9;

/** A small hooded figure with a sack, which glows when there is a gem in it. */
export class ThiefFigure {
  readonly root: TransformNode;
  readonly meshes: readonly Mesh[];
  /** A soft spot on the ground, for when there are no real shadows. */
  readonly blot: Mesh;
  readonly #body: TransformNode;
  readonly #feet: readonly Mesh[];
  readonly #sack: Mesh;
  readonly #sackGlow: Halo;
  readonly #ring: Halo;
  /** Where its face is, while something hides it. */
  readonly #spark: Halo;
  readonly #ringColour = PALETTE.thief.clone();
  #gait = 0;
  #fall = 0;
  #alarm = 0;

  constructor(materials: Materials, halos: Halos, scene: Scene) {
    this.root = new TransformNode("thief figure", scene);
    this.#body = new TransformNode("thief body", scene);
    this.#body.parent = this.root;
    const cloak = buildCloak().toMesh("thief cloak", materials.cloth, scene);
    this.#sack = buildSack().toMesh("thief sack", materials.cloth, scene);
    const eyes = buildEyes().toMesh(
      "thief eyes",
      Materials.glowing("thief eyes", new Color3(0.75, 0.9, 1), scene),
      scene,
    );
    for (const mesh of [cloak, this.#sack, eyes]) mesh.parent = this.#body;
    this.#feet = [-0.13, 0.13].map((x, index) => {
      const foot = new SolidBuilder()
        .block({ x: 0, y: -0.2, z: 0.04, width: 0.15, height: 0.2, depth: 0.3, bevel: 0.05, tint: LEATHER })
        .toMesh(`thief foot ${index}`, materials.cloth, scene);
      foot.parent = this.root;
      foot.position.set(x, 0.3, 0);
      return foot;
    });
    this.meshes = [cloak, this.#sack, ...this.#feet];
    for (const mesh of this.meshes) mesh.receiveShadows = true;
    this.#sackGlow = halos.glow("sack glow", this.#body, 1.7, PALETTE.gem, 0);
    this.#sackGlow.mesh.position.set(0, 0.95, -0.36);
    this.blot = halos.shadow("thief blot", this.root, 1.5);
    this.#ring = halos.ring("thief ring", this.root, 1.7, PALETTE.thief, 0.4);
    this.#ring.mesh.position.y = 0.06;
    this.#spark = halos.glow("thief spark", this.#body, 1.3, PALETTE.thief, 0);
    this.#spark.mesh.position.y = 1.2;
  }

  /** @param seconds - Since the last frame. */
  update(pose: ThiefPose, seconds: number, clock: number): void {
    const ease = Math.min(1, seconds * 8);
    this.#fall += ((pose.caught ? 1 : 0) - this.#fall) * Math.min(1, seconds * 6);
    this.#alarm += ((pose.seen ? 1 : 0) - this.#alarm) * ease;
    this.#gait += pose.speed * GAIT * seconds;
    const stride = Math.min(1, pose.speed / 3) * (1 - this.#fall);
    this.#body.position.y = Math.abs(Math.sin(this.#gait)) * 0.09 * stride + 0.012 * Math.sin(clock * 2.4);
    this.#body.rotation.x = 0.2 * stride + (pose.sprinting ? 0.16 : 0) + 1.25 * this.#fall;
    this.#body.rotation.z = Math.sin(this.#gait) * 0.09 * stride;
    this.#feet.forEach((foot, index) => {
      foot.rotation.x = Math.sin(this.#gait + index * Math.PI) * 0.9 * stride;
    });
    this.#sack.scaling.setAll(pose.carrying ? 1.22 : 0.82);
    this.#sackGlow.set(PALETTE.gem, pose.carrying ? 0.62 + 0.12 * Math.sin(clock * 4) : 0);
    Color3.LerpToRef(PALETTE.thief, PALETTE.chasing, this.#alarm, this.#ringColour);
    this.#ring.set(this.#ringColour, (0.36 + 0.3 * this.#alarm) * (1 - this.#fall));
    this.#ring.mesh.scaling.setAll(pose.sprinting ? 1.25 : 1);
    this.#ring.setOver(pose.hidden);
    this.#spark.setOver(pose.hidden);
    this.#spark.set(PALETTE.thief, pose.hidden ? 0.55 : 0);
  }

  dispose(): void {
    for (const halo of [this.#sackGlow, this.#ring, this.#spark]) halo.dispose();
    this.blot.material?.dispose();
    this.root.dispose();
  }
}

function buildCloak(): SolidBuilder {
  const solid = new SolidBuilder();
  solid.drum({
    x: 0,
    z: 0,
    y: 0.14,
    height: 0.5,
    lowerRadius: 0.43,
    upperRadius: 0.33,
    sides: 16,
    open: true,
    tint: CLOAK,
  });
  solid.drum({ x: 0, z: 0, y: 0.62, height: 0.5, lowerRadius: 0.335, upperRadius: 0.235, sides: 16, tint: CLOAK });
  solid.drum({
    x: 0,
    z: 0,
    y: 0.12,
    height: 0.06,
    lowerRadius: 0.45,
    upperRadius: 0.43,
    sides: 16,
    open: true,
    tint: [0.14, 0.16, 0.3],
  });
  // Mantle, scarf, hood with a point that hangs back, and the dark where the face is.
  solid.drum({ x: 0, z: 0, y: 0.9, height: 0.26, lowerRadius: 0.36, upperRadius: 0.2, sides: 16, tint: HOOD });
  solid.drum({ x: 0, z: 0.01, y: 1.1, height: 0.13, lowerRadius: 0.25, upperRadius: 0.22, sides: 16, tint: SCARF });
  solid.block({
    x: 0.1,
    y: 0.95,
    z: -0.27,
    width: 0.13,
    height: 0.36,
    depth: 0.05,
    bevel: 0.02,
    pitch: -0.25,
    lean: 0.2,
    tint: SCARF,
  });
  solid.block({ x: 0, y: 1.38, z: -0.02, width: 0.46, height: 0.44, depth: 0.46, bevel: 0.19, tint: HOOD });
  solid.block({ x: 0, y: 1.52, z: -0.14, width: 0.3, height: 0.3, depth: 0.36, bevel: 0.14, pitch: 0.5, tint: HOOD });
  solid.block({ x: 0, y: 1.5, z: -0.32, width: 0.16, height: 0.16, depth: 0.3, bevel: 0.07, pitch: -0.4, tint: HOOD });
  solid.block({ x: 0, y: 1.34, z: 0.14, width: 0.3, height: 0.28, depth: 0.16, bevel: 0.07, tint: DARK });
  solid.drum({
    x: 0,
    z: 0,
    y: 0.6,
    height: 0.08,
    lowerRadius: 0.36,
    upperRadius: 0.35,
    sides: 16,
    open: true,
    tint: LEATHER,
  });
  for (const side of [-1, 1]) {
    solid.block({
      x: side * 0.33,
      y: 0.82,
      z: 0.08,
      width: 0.15,
      height: 0.4,
      depth: 0.18,
      bevel: 0.06,
      lean: side * 0.22,
      tint: HOOD,
    });
  }
  return solid;
}

function buildSack(): SolidBuilder {
  return new SolidBuilder()
    .block({ x: 0, y: 0.86, z: -0.36, width: 0.42, height: 0.44, depth: 0.34, bevel: 0.15, tint: [0.52, 0.4, 0.26] })
    .block({ x: 0, y: 1.1, z: -0.32, width: 0.16, height: 0.12, depth: 0.16, bevel: 0.05, tint: LEATHER });
}

function buildEyes(): SolidBuilder {
  const solid = new SolidBuilder();
  for (const side of [-1, 1]) {
    solid.block({
      x: side * 0.07,
      y: 1.37,
      z: 0.225,
      width: 0.06,
      height: 0.045,
      depth: 0.02,
      bevel: 0.01,
      lean: side * -0.2,
    });
  }
  return solid;
}
