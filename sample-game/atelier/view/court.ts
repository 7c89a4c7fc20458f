import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { CreatePolyhedron } from "@babylonjs/core/Meshes/Builders/polyhedronBuilder.js";
import { VertexBuffer } from "@babylonjs/core/Buffers/buffer.js";
import type { Material } from "@babylonjs/core/Materials/material.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { buildPedestal } from "../../scenery/gem-figure.ts";
import { SolidBuilder } from "../../scenery/solid-builder.ts";
import { atelierConfig } from "../rules/config.ts";
import type { Part } from "../rules/parts.ts";

/** A corner of the Yard: lengths in metres, the camera looks along +z. */
const WALL = { left: -7, right: 4.6, z: 2.6, height: 2.7, thickness: 0.6, near: -5 };
const DOOR = { x: -2.35, width: 1.25, height: 2.05 };
const COLUMN = { x: 3.1, z: 0.5, radius: 0.42 };
const PEDESTAL = { x: -0.2, z: 0.1, size: 1.7 };
const CRATE = { x: 2.1, z: 1.55, size: 0.85, yaw: 0.32 };
const GROUND = 18;

/** Where the lantern's flame burns. */
export const LANTERN = { x: -0.75, y: 2.02, z: WALL.z - WALL.thickness / 2 - 0.42 };

/** Builds the corner of the Yard, every part of it a mesh of its own that can wear a material. */
export function buildCourt(plain: Material, scene: Scene): Map<Part, Mesh> {
  const parts = new Map<Part, Mesh>();
  const add = (part: Part, mesh: Mesh): void => {
    mesh.material = plain;
    mesh.isPickable = true;
    mesh.receiveShadows = true;
    mesh.freezeWorldMatrix();
    parts.set(part, mesh);
  };
  const solid = (part: Part, builder: SolidBuilder, tile: number = atelierConfig.tileMetres): void => {
    const mesh = builder.toMesh(part, plain, scene);
    layFlat(mesh, tile);
    add(part, mesh);
  };
  solid("wall", wall());
  solid("coping", coping());
  add("ground", ground(scene));
  const column = columnDrums().toMesh("column", plain, scene);
  column.position.set(COLUMN.x, 0, COLUMN.z);
  add("column", column);
  const pedestal = buildPedestal().toMesh("pedestal", plain, scene);
  pedestal.position.set(PEDESTAL.x, 0, PEDESTAL.z);
  pedestal.scaling.setAll(PEDESTAL.size);
  add("pedestal", pedestal);
  solid("crate", crate(), 1);
  solid("door", door(), 1.3);
  const gem = CreatePolyhedron("gem", { type: 1, size: 0.34 }, scene);
  gem.position.set(PEDESTAL.x, 1.36, PEDESTAL.z);
  gem.rotation.y = 0.5;
  gem.scaling.y = 1.45;
  add("gem", gem);
  return parts;
}

function wall(): SolidBuilder {
  const { left, right, z, height, thickness, near } = WALL;
  const builder = new SolidBuilder();
  const piece = (from: number, to: number, foot: number, top: number): void => {
    builder.block({
      x: (from + to) / 2,
      y: (foot + top) / 2,
      z,
      width: to - from,
      height: top - foot,
      depth: thickness,
      bevel: 0.02,
    });
  };
  const [doorLeft, doorRight] = [DOOR.x - DOOR.width / 2, DOOR.x + DOOR.width / 2];
  piece(left, doorLeft, 0, height);
  piece(doorLeft, doorRight, DOOR.height, height);
  piece(doorRight, right + thickness / 2, 0, height);
  // The wall on the right comes towards the camera.
  builder.block({
    x: right,
    y: height / 2,
    z: (near + z - thickness / 2) / 2,
    width: thickness,
    height,
    depth: z - thickness / 2 - near,
    bevel: 0.02,
  });
  return builder;
}

/** The stones on the wall's top, around the door and at its foot. */
function coping(): SolidBuilder {
  const { left, right, z, height, thickness, near } = WALL;
  const builder = new SolidBuilder();
  const length = 0.96;
  for (let from = left, stone = 0; from < right + 0.4; from += length, stone++) {
    const to = Math.min(right + 0.42, from + length);
    builder.block({
      x: (from + to) / 2,
      y: height + 0.09,
      z,
      width: to - from - 0.02,
      height: 0.2,
      depth: thickness + 0.22,
      bevel: 0.05,
      wobble: 0.006,
    });
  }
  for (let to = z - 0.42; to > near; to -= length) {
    builder.block({
      x: right,
      y: height + 0.09,
      z: to - length / 2,
      width: thickness + 0.22,
      height: 0.2,
      depth: length - 0.02,
      bevel: 0.05,
      wobble: 0.006,
    });
  }
  const face = z - thickness / 2;
  for (const side of [-1, 1]) {
    const x = DOOR.x + side * (DOOR.width / 2 + 0.1);
    for (let course = 0; course < 5; course++) {
      builder.block({
        x: x + side * (course % 2 ? 0.05 : 0),
        y: 0.21 + course * 0.42,
        z: face + 0.06,
        width: course % 2 ? 0.36 : 0.26,
        height: 0.405,
        depth: 0.24,
        bevel: 0.03,
      });
    }
  }
  builder.block({
    x: DOOR.x,
    y: DOOR.height + 0.2,
    z: face + 0.05,
    width: DOOR.width + 0.62,
    height: 0.3,
    depth: 0.26,
    bevel: 0.04,
  });
  builder.block({ x: DOOR.x, y: 0.06, z: face - 0.12, width: DOOR.width + 0.5, height: 0.12, depth: 0.6, bevel: 0.04 });
  return builder;
}

function columnDrums(): SolidBuilder {
  const { radius } = COLUMN;
  const builder = new SolidBuilder()
    .block({ x: 0, z: 0, y: 0.12, width: radius * 2.2, depth: radius * 2.2, height: 0.24, bevel: 0.05 })
    .drum({ x: 0, z: 0, y: 0.22, height: 0.2, lowerRadius: radius, upperRadius: radius * 0.86, sides: 28 });
  const rise = 0.62;
  for (let drum = 0; drum < 3; drum++) {
    const slim = radius * (0.84 - 0.015 * drum);
    builder.drum({
      x: 0,
      z: 0,
      y: 0.41 + drum * rise,
      height: rise,
      lowerRadius: slim,
      upperRadius: slim - 0.008,
      sides: 28,
    });
  }
  return builder
    .drum({ x: 0, z: 0, y: 2.26, height: 0.18, lowerRadius: radius * 0.8, upperRadius: radius * 1.04, sides: 28 })
    .block({ x: 0, z: 0, y: 2.54, width: radius * 2.2, depth: radius * 2.2, height: 0.22, bevel: 0.05 });
}

function crate(): SolidBuilder {
  const { x, z, size, yaw } = CRATE;
  const builder = new SolidBuilder();
  builder.block({ x, z, y: size / 2, width: size - 0.08, height: size - 0.04, depth: size - 0.08, yaw, bevel: 0.02 });
  const edge = size / 2 - 0.05;
  const place = (right: number, ahead: number): { x: number; z: number } => ({
    x: x + right * Math.cos(yaw) + ahead * Math.sin(yaw),
    z: z - right * Math.sin(yaw) + ahead * Math.cos(yaw),
  });
  for (const side of [-1, 1]) {
    for (const other of [-1, 1]) {
      const post = { y: size / 2, width: 0.11, depth: 0.11, height: size, yaw, bevel: 0.015 };
      builder.block({ ...place(side * edge, other * edge), ...post });
      const y = other > 0 ? size - 0.055 : 0.055;
      builder.block({ ...place(0, side * edge), y, width: size - 0.2, height: 0.11, depth: 0.1, yaw, bevel: 0.015 });
      builder.block({ ...place(side * edge, 0), y, width: 0.1, height: 0.11, depth: size - 0.2, yaw, bevel: 0.015 });
    }
  }
  return builder;
}

function door(): SolidBuilder {
  const z = WALL.z - 0.08;
  const builder = new SolidBuilder();
  builder.block({
    x: DOOR.x,
    y: DOOR.height / 2,
    z,
    width: DOOR.width,
    height: DOOR.height,
    depth: 0.1,
    bevel: 0.01,
  });
  for (const y of [0.42, 1.62]) {
    builder.block({ x: DOOR.x, y, z: z - 0.07, width: DOOR.width - 0.16, height: 0.16, depth: 0.05, bevel: 0.015 });
  }
  return builder;
}

/** The ground, darker at the foot of what stands on it: its vertices carry that shade. */
function ground(scene: Scene): Mesh {
  const mesh = CreateGround("ground", { width: GROUND, height: GROUND, subdivisions: 72 }, scene);
  const positions = mesh.getVerticesData(VertexBuffer.PositionKind)!;
  const count = positions.length / 3;
  const colours = new Float32Array(count * 4).fill(1);
  const uvs = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    const [x, z] = [positions[3 * i], positions[3 * i + 2]];
    uvs[2 * i] = x / atelierConfig.tileMetres;
    uvs[2 * i + 1] = z / atelierConfig.tileMetres;
    const shade = Math.min(
      opening(WALL.z - WALL.thickness / 2 - z, 0.9),
      opening(WALL.right - WALL.thickness / 2 - x, 0.9),
      opening(Math.hypot(x - COLUMN.x, z - COLUMN.z) - COLUMN.radius, 0.5),
      opening(Math.hypot(x - PEDESTAL.x, z - PEDESTAL.z) - 0.6, 0.45),
      opening(Math.hypot(x - CRATE.x, z - CRATE.z) - 0.45, 0.45),
    );
    colours[4 * i] = colours[4 * i + 1] = colours[4 * i + 2] = shade;
  }
  mesh.setVerticesData(VertexBuffer.UVKind, uvs);
  mesh.setVerticesData(VertexBuffer.ColorKind, colours);
  return mesh;
}

function opening(distance: number, reach: number): number {
  const t = Math.min(1, Math.max(0, distance / reach));
  return 0.42 + 0.58 * t * (2 - t);
}

/** Lays a texture onto a mesh from the side that each face looks to, so that it runs on from stone to stone. */
function layFlat(mesh: Mesh, metres: number): void {
  const positions = mesh.getVerticesData(VertexBuffer.PositionKind)!;
  const normals = mesh.getVerticesData(VertexBuffer.NormalKind)!;
  const uvs = new Float32Array((positions.length / 3) * 2);
  for (let i = 0; i < uvs.length / 2; i++) {
    const [x, y, z] = [positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]];
    const [nx, ny, nz] = [0, 1, 2].map((axis) => Math.abs(normals[3 * i + axis]));
    const [u, v] = ny > nx && ny > nz ? [x, z] : nx > nz ? [z, y] : [x, y];
    uvs[2 * i] = u / metres;
    uvs[2 * i + 1] = v / metres;
  }
  mesh.setVerticesData(VertexBuffer.UVKind, uvs);
}
