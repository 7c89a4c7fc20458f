import * as neural from "babylon-neural/babylonjs";
import BABYLON from "babylonjs";
import { play } from "./play.mjs";

await play(BABYLON, neural);
