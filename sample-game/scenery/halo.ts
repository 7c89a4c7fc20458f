import { Constants } from "@babylonjs/core/Engines/constants.js";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { CreatePlane } from "@babylonjs/core/Meshes/Builders/planeBuilder.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";

const GLOW_SIZE = 64;

/** Soft lights that cost no light: additive discs with a radial gradient, upright or on the ground. */
export class Halos {
  readonly #scene: Scene;
  readonly #glow: RawTexture;
  readonly #ring: RawTexture;
  readonly #dark: RawTexture;

  /** Multiplies every strength: light adds up differently before and after tone mapping. */
  gain = 1;

  constructor(scene: Scene) {
    this.#scene = scene;
    // Otherwise a glow in front of a turned face would stay on the face's northern side.
    TransformNode.BillboardUseParentOrientation = true;
    this.#dark = paintDisc(scene, (r) => Math.pow(Math.max(0, 1 - r), 1.1), true);
    this.#glow = paintDisc(scene, (r) => Math.pow(Math.max(0, 1 - r), 1.5));
    this.#ring = paintDisc(scene, (r) => {
      const band = Math.exp(-Math.pow((r - 0.78) / 0.07, 2));
      return Math.min(1, band + 0.28 * Math.pow(Math.max(0, 1 - r), 1.2));
    });
  }

  /** A glow that always faces the camera. */
  glow(name: string, parent: TransformNode | null, size: number, colour: Color3, strength = 1): Halo {
    const mesh = CreatePlane(name, { size }, this.#scene);
    mesh.billboardMode = Mesh.BILLBOARDMODE_ALL;
    return this.#finish(mesh, parent, this.#glow, colour, strength);
  }

  /** A glow that lies on the ground. */
  pool(name: string, parent: TransformNode | null, size: number, colour: Color3, strength = 1): Halo {
    return this.#finish(
      CreateGround(name, { width: size, height: size }, this.#scene),
      parent,
      this.#glow,
      colour,
      strength,
    );
  }

  /** A ring that lies on the ground. */
  ring(name: string, parent: TransformNode | null, size: number, colour: Color3, strength = 1): Halo {
    return this.#finish(
      CreateGround(name, { width: size, height: size }, this.#scene),
      parent,
      this.#ring,
      colour,
      strength,
    );
  }

  /** A soft shadow on the ground, for when there are no real ones. */
  shadow(name: string, parent: TransformNode, size: number): Mesh {
    const mesh = CreateGround(name, { width: size, height: size }, this.#scene);
    const material = new StandardMaterial(name, this.#scene);
    material.disableLighting = true;
    material.emissiveColor = Color3.Black();
    material.diffuseTexture = this.#dark;
    material.diffuseTexture.hasAlpha = true;
    material.useAlphaFromDiffuseTexture = true;
    material.alpha = 0.75;
    material.specularColor = Color3.Black();
    material.disableDepthWrite = true;
    mesh.material = material;
    mesh.parent = parent;
    mesh.position.y = 0.03;
    mesh.isPickable = false;
    return mesh;
  }

  #finish(mesh: Mesh, parent: TransformNode | null, texture: RawTexture, colour: Color3, strength: number): Halo {
    const material = new StandardMaterial(mesh.name, this.#scene);
    material.disableLighting = true;
    material.diffuseTexture = texture;
    material.specularColor = Color3.Black();
    material.alphaMode = Constants.ALPHA_ADD;
    material.alpha = 0.999;
    material.backFaceCulling = false;
    material.disableDepthWrite = true;
    material.fogEnabled = false;
    mesh.material = material;
    mesh.parent = parent;
    mesh.isPickable = false;
    const halo = new Halo(mesh, material, this);
    halo.set(colour, strength);
    return halo;
  }
}

/** One soft light. */
export class Halo {
  readonly mesh: Mesh;
  readonly #material: StandardMaterial;

  readonly #halos: Halos;

  constructor(mesh: Mesh, material: StandardMaterial, halos: Halos) {
    this.mesh = mesh;
    this.#material = material;
    this.#halos = halos;
  }

  /** Sets its colour and its brightness; 0 hides it. Allocates nothing. */
  set(colour: Color3, strength: number): void {
    colour.scaleToRef(strength * this.#halos.gain, this.#material.emissiveColor);
    this.mesh.isVisible = strength > 0.01;
  }

  /** Removes it; the texture is shared and stays. */
  dispose(): void {
    this.mesh.dispose();
    this.#material.dispose();
  }

  /** Draws it over everything, to show what is hidden. */
  setOver(over: boolean): void {
    this.mesh.renderingGroupId = over ? 1 : 0;
  }
}

function paintDisc(scene: Scene, brightness: (radius: number) => number, asAlpha = false): RawTexture {
  const bytes = new Uint8Array(GLOW_SIZE * GLOW_SIZE * 4);
  const middle = (GLOW_SIZE - 1) / 2;
  for (let y = 0, i = 0; y < GLOW_SIZE; y++) {
    for (let x = 0; x < GLOW_SIZE; x++, i += 4) {
      const radius = Math.hypot(x - middle, y - middle) / middle;
      const value = radius < 1 ? Math.round(255 * brightness(radius) * Math.min(1, (1 - radius) * 6)) : 0;
      bytes[i] = bytes[i + 1] = bytes[i + 2] = asAlpha ? 0 : value;
      bytes[i + 3] = asAlpha ? value : 255;
    }
  }
  const texture = RawTexture.CreateRGBATexture(
    bytes,
    GLOW_SIZE,
    GLOW_SIZE,
    scene,
    true,
    false,
    Constants.TEXTURE_TRILINEAR_SAMPLINGMODE,
  );
  texture.wrapU = texture.wrapV = Constants.TEXTURE_CLAMP_ADDRESSMODE;
  return texture;
}
