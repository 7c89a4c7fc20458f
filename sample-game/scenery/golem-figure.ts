import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { Halo, Halos } from "./halo.ts";
import { Materials } from "./materials.ts";
import { buildArm, buildEyes, buildLeg, buildTorso } from "./golem-stones.ts";
import { PALETTE } from "./palette.ts";
import type { SolidBuilder } from "./solid-builder.ts";

/** What a golem's looks depend on. */
export interface GolemPose {
  /** Whether something stands between it and the camera. */
  readonly hidden: boolean;
  /** Whether it sees the thief now. */
  readonly chasing: boolean;
  /** Metres per second. */
  readonly speed: number;
  /** Whether its card is open. */
  readonly selected: boolean;
}

/** Steps per metre walked, in radians of the gait. */
const GAIT = 2.1;

/** A golem of stone blocks that walks, glows by its mood and flashes when it has learned something. */
export class GolemFigure {
  readonly root: TransformNode;
  readonly meshes: readonly Mesh[];
  /** A soft spot on the ground, for when there are no real shadows. */
  readonly blot: Mesh;
  readonly #body: TransformNode;
  readonly #limbs: readonly TransformNode[];
  readonly #eyes: StandardMaterial;
  readonly #eyeGlow: Halo;
  readonly #ring: Halo;
  readonly #wave: Halo;
  readonly #colour = PALETTE.seeking.clone();
  #gait = 0;
  #alarm = 0;
  #pulse = 0;

  constructor(index: number, materials: Materials, halos: Halos, scene: Scene) {
    this.root = new TransformNode(`golem figure ${index}`, scene);
    this.#body = new TransformNode(`golem body ${index}`, scene);
    this.#body.parent = this.root;
    this.#eyes = Materials.glowing(`golem eyes ${index}`, PALETTE.seeking, scene);
    const stone = materials.golemStone;
    const torso = buildTorso(index).toMesh(`golem torso ${index}`, stone, scene);
    const eyes = buildEyes().toMesh(`golem eyes ${index}`, this.#eyes, scene);
    torso.parent = eyes.parent = this.#body;
    const limb = (name: string, solid: SolidBuilder, parent: TransformNode, x: number, y: number): Mesh => {
      const mesh = solid.toMesh(`golem ${name} ${index}`, stone, scene);
      mesh.parent = parent;
      mesh.position.set(x, y, 0);
      return mesh;
    };
    const limbs = [
      limb("left leg", buildLeg(index * 4), this.root, -0.27, 0.72),
      limb("right leg", buildLeg(index * 4 + 1), this.root, 0.27, 0.72),
      limb("left arm", buildArm(index * 4 + 2, -1), this.#body, -0.64, 1.46),
      limb("right arm", buildArm(index * 4 + 3, 1), this.#body, 0.64, 1.46),
    ];
    this.#limbs = limbs;
    this.meshes = [torso, ...limbs];
    for (const mesh of this.meshes) mesh.receiveShadows = true;
    this.#eyeGlow = halos.glow(`golem glow ${index}`, this.#body, 1.25, PALETTE.seeking, 0.6);
    this.#eyeGlow.mesh.position.set(0, 1.74, 0.5);
    this.blot = halos.shadow(`golem blot ${index}`, this.root, 2.2);
    this.#ring = halos.ring(`golem ring ${index}`, this.root, 2.3, PALETTE.seeking, 0.3);
    this.#ring.mesh.position.y = 0.05;
    this.#wave = halos.ring(`golem wave ${index}`, this.root, 2.3, PALETTE.learned, 0);
    this.#wave.mesh.position.y = 0.06;
  }

  /** Flashes: a new policy has come in. */
  pulse(): void {
    if (this.#pulse === 0) this.#pulse = 1;
  }

  /** @param seconds - Since the last frame. */
  update(pose: GolemPose, seconds: number, clock: number): void {
    const ease = Math.min(1, seconds * 7);
    this.#alarm += ((pose.chasing ? 1 : 0) - this.#alarm) * ease;
    this.#pulse = Math.max(0, this.#pulse - seconds / 1.6);
    Color3.LerpToRef(PALETTE.seeking, PALETTE.chasing, this.#alarm, this.#colour);
    this.#ring.set(this.#colour, (pose.selected ? 0.6 : 0.26) + 0.2 * this.#alarm);
    this.#ring.mesh.scaling.setAll(pose.selected ? 1.15 : 1);
    this.#ring.setOver(pose.hidden);
    this.#eyeGlow.setOver(pose.hidden);
    // The wave of a new policy runs outwards and fades; the eyes take its colour for a moment.
    this.#wave.set(PALETTE.learned, 0.75 * this.#pulse * Math.min(1, (1 - this.#pulse) * 5));
    this.#wave.mesh.scaling.setAll(0.8 + 1.1 * (1 - this.#pulse));
    Color3.LerpToRef(this.#colour, PALETTE.learned, this.#pulse, this.#colour);
    this.#eyes.emissiveColor.copyFrom(this.#colour);
    this.#eyeGlow.set(this.#colour, 0.45 + 0.25 * this.#alarm + 0.3 * this.#pulse + 0.05 * Math.sin(clock * 5));
    this.#walk(pose.speed, seconds, clock);
  }

  dispose(): void {
    for (const halo of [this.#eyeGlow, this.#ring, this.#wave]) halo.dispose();
    this.blot.material?.dispose();
    this.root.dispose();
    this.#eyes.dispose();
  }

  #walk(speed: number, seconds: number, clock: number): void {
    this.#gait += speed * GAIT * seconds;
    const stride = Math.min(1, speed / 3);
    const swing = Math.sin(this.#gait) * 0.62 * stride;
    const [leftLeg, rightLeg, leftArm, rightArm] = this.#limbs as [
      TransformNode,
      TransformNode,
      TransformNode,
      TransformNode,
    ];
    leftLeg.rotation.x = swing;
    rightLeg.rotation.x = -swing;
    const reach = -0.5 * this.#alarm;
    leftArm.rotation.x = -swing * 0.8 + reach;
    rightArm.rotation.x = swing * 0.8 + reach;
    this.#body.position.y = Math.abs(Math.sin(this.#gait)) * 0.08 * stride + 0.018 * Math.sin(clock * 1.8);
    this.#body.rotation.z = Math.sin(this.#gait) * 0.07 * stride;
    this.#body.rotation.x = 0.1 * stride + 0.06 * this.#alarm;
  }
}
