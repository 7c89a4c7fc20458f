import { FreeCamera } from "@babylonjs/core/Cameras/freeCamera.js";
import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { Scene } from "@babylonjs/core/scene.js";
import * as neural from "babylon-neural";
import { play } from "./play.mjs";

await play({ FreeCamera, NullEngine, Scene, TransformNode, Vector3 }, neural);
