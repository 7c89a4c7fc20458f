// Everything below `const PATHS` can be pasted into the Babylon.js Playground once the two files lie on a host of yours.
const PATHS = { policy: "../../models/reach/policy.bnp", painter: "../../dist-lib/babylonneural.paint-worker.js" };

var createScene = async function (engine, canvas) {
  const scene = new BABYLON.Scene(engine);
  const camera = new BABYLON.ArcRotateCamera("camera", -1.2, 0.9, 14, BABYLON.Vector3.Zero(), scene);
  camera.attachControl(canvas, true);
  new BABYLON.HemisphericLight("sky", new BABYLON.Vector3(0.2, 1, 0.1), scene).intensity = 0.5;
  new BABYLON.DirectionalLight("sun", new BABYLON.Vector3(-1, -2, 1), scene).intensity = 2.5;
  const ground = BABYLON.MeshBuilder.CreateGround("ground", { width: 12, height: 12 }, scene);
  const box = BABYLON.MeshBuilder.CreateBox("box", { width: 0.8, height: 0.8, depth: 1.2 }, scene);
  const ball = BABYLON.MeshBuilder.CreateSphere("ball", { diameter: 0.8 }, scene);
  box.position.set(-3, 0.4, -2);
  ball.position.set(3, 0.4, 3);

  // A controller: what the box senses, what it can do, and the policy that decides.
  const controller = new BABYLONNEURAL.NeuralController("box", {
    sensors: [BABYLONNEURAL.directionTo(ball, { maximum: 15, label: "ball" })],
    actuators: [BABYLONNEURAL.drive({ speed: 3 }), BABYLONNEURAL.turn({ radiansPerSecond: 3 })],
  });
  controller.policy = await BABYLONNEURAL.loadPolicy(PATHS.policy);
  box.addBehavior(controller);

  // The ball jumps away when it is reached.
  const random = new BABYLONNEURAL.Random(7);
  scene.metadata = { reached: 0 };
  scene.onBeforeRenderObservable.add(() => {
    const [x, z] = [ball.position.x - box.position.x, ball.position.z - box.position.z];
    if (x * x + z * z > 0.64) return;
    scene.metadata.reached++;
    ball.position.set(random.between(-5, 5), 0.4, random.between(-5, 5));
  });

  // A painted material: by a worker, so that the box does not stop for it.
  const painter = BABYLONNEURAL.createPainter(() => new Worker(PATHS.painter));
  const order = { painter, material: "cobble", attributes: { moss: 0.5 }, size: 256, seed: 3, repeat: 3 };
  BABYLONNEURAL.paintMaterial("mossy cobbles", order, scene).then((material) => {
    ground.material = material;
    painter.dispose();
  });
  return scene;
};
