/**
 * Plays a stored policy for a second, as a game would, and prints what came of it.
 *
 * @param babylon - Classes of either package.
 * @param neural - The library, built for that package.
 */
export async function play({ FreeCamera, NullEngine, Scene, TransformNode, Vector3 }, neural) {
  const { NeuralController, drive, loadPolicy, value } = neural;
  const engine = new NullEngine();
  engine.getDeltaTime = () => 50; // milliseconds
  const scene = new Scene(engine);
  new FreeCamera("camera", Vector3.Zero(), scene);
  const node = new TransformNode("guard", scene);
  const guard = new NeuralController("guard", {
    sensors: [value("one", () => 1)],
    actuators: [drive({ speed: 2 })],
    policy: await loadPolicy(process.argv[2]),
  });
  let decisions = 0;
  guard.onDecisionObservable.add(() => decisions++);
  node.addBehavior(guard);
  for (let frame = 0; frame < 20; frame++) scene.render();
  const attached = node.behaviors.includes(guard);
  console.log(JSON.stringify({ attached, decisions, z: Math.round(node.position.z * 1000) / 1000 }));
  scene.dispose();
  engine.dispose();
}
