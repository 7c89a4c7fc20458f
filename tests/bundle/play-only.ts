import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { NeuralController, drive, loadPolicy, rayFan, turn } from "../../plugin/index.ts";

/** Everything that a page needs which only plays a policy. */
export async function play(mesh: Mesh): Promise<void> {
  const guard = new NeuralController("guard", {
    sensors: [rayFan({ rays: 9, range: 12, sees: ["wall", "thief"] })],
    actuators: [drive({ speed: 3 }), turn({ radiansPerSecond: Math.PI })],
  });
  mesh.addBehavior(guard);
  guard.policy = await loadPolicy("policy.json");
}
