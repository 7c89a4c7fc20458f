import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Constants } from "@babylonjs/core/Engines/constants.js";
import { Color3, Color4 } from "@babylonjs/core/Maths/math.color.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateCylinder } from "@babylonjs/core/Meshes/Builders/cylinderBuilder.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { PAINT, studioConfig, type ThingName } from "../rules/config.ts";

type Paint = (typeof PAINT)[keyof typeof PAINT];

/** Pixels of a square of the ground. */
const PIXELS = 64;
/** The side of a box that looks ahead, along +z. */
const FACE = 0;

/** Builds the ground and what stands on it, by name; each its own mesh, so that anything can be taught. */
export function makeThings(scene: Scene): Readonly<Record<ThingName, Mesh>> {
  const { ground: side, box, ball, cone, pillar, wall } = studioConfig;
  const faceColors = Array.from({ length: 6 }, (_, index) =>
    colour(index === FACE ? PAINT.face : PAINT.box).toColor4(),
  );
  const things = {
    ground: CreateGround("ground", { width: side, height: side }, scene),
    box: CreateBox("box", { size: box.size, faceColors }, scene),
    ball: CreateSphere("ball", { diameter: ball.diameter, segments: 24 }, scene),
    cone: CreateCylinder("cone", { height: cone.height, diameterTop: 0, diameterBottom: cone.diameter }, scene),
    pillar: CreateCylinder("pillar", { height: pillar.height, diameter: pillar.diameter }, scene),
    wall: CreateBox("wall", { width: wall.length, height: wall.height, depth: wall.thickness }, scene),
  };
  things.box.position.set(box.x, box.size / 2, box.z);
  things.box.rotation.y = box.turned;
  things.ball.position.set(ball.x, ball.diameter / 2, ball.z);
  things.cone.position.set(cone.x, cone.height / 2, cone.z);
  things.pillar.position.set(pillar.x, pillar.height / 2, pillar.z);
  things.wall.position.set(wall.x, wall.height / 2, wall.z);
  things.wall.rotation.y = wall.turned;
  const stone = paint("stone", PAINT.stone, scene);
  things.ground.material = groundMaterial(scene);
  things.box.material = paint("box", [1, 1, 1], scene);
  things.ball.material = paint("ball", PAINT.ball, scene);
  things.cone.material = paint("cone", PAINT.cone, scene);
  things.pillar.material = stone;
  things.wall.material = stone;
  return things;
}

function paint(name: string, [red, green, blue]: readonly number[], scene: Scene): StandardMaterial {
  const material = new StandardMaterial(name, scene);
  material.diffuseColor = new Color3(red, green, blue);
  material.specularColor = new Color3(0.12, 0.12, 0.12);
  return material;
}

/** Squares of a metre, so that distances can be seen, and a line along the edge. */
function groundMaterial(scene: Scene): StandardMaterial {
  const { ground, square } = studioConfig;
  const size = (ground / square) * PIXELS;
  const bytes = new Uint8Array(size * size * 4);
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++, at += 4) {
      const fromEdge = Math.min(x, y, size - 1 - x, size - 1 - y);
      const isLine = x % PIXELS === 0 || y % PIXELS === 0;
      const isOdd = (Math.floor(x / PIXELS) + Math.floor(y / PIXELS)) % 2 === 1;
      const shade = isOdd && !isLine ? 1.08 : 1;
      const part: Paint = fromEdge < 4 ? PAINT.edge : isLine ? PAINT.line : PAINT.ground;
      for (let channel = 0; channel < 3; channel++) bytes[at + channel] = Math.round(255 * part[channel] * shade);
      bytes[at + 3] = 255;
    }
  }
  const mipmaps = { sampling: Constants.TEXTURE_TRILINEAR_SAMPLINGMODE, flipped: false };
  const texture = RawTexture.CreateRGBATexture(bytes, size, size, scene, true, mipmaps.flipped, mipmaps.sampling);
  texture.anisotropicFilteringLevel = 8;
  const material = paint("squares", [1, 1, 1], scene);
  material.diffuseTexture = texture;
  material.specularColor = Color3.Black();
  return material;
}

function colour([red, green, blue]: Paint): Color3 {
  return new Color3(red, green, blue);
}

/** Behind everything. */
export const BACKGROUND = new Color4(0.075, 0.085, 0.13, 1);
