/**
 * Entry for games: agents with sensors, actuators and a policy, and teaching them in workers.
 */
export { adaptPolicy } from "./compute/adapt-policy.ts";
export {
  createEncoderView,
  type EncoderView,
  type EncoderViewOptions,
  type SeenLayer,
} from "./compute/encoder-view.ts";
export { createInputGradient, type AskedOutput, type InputGradient } from "./compute/input-gradient.ts";
export { createNetworkView, type HiddenLayer, type NetworkView, type ViewedRow } from "./compute/network-view.ts";
export { createSaliency, namedOutputs, type NamedOutput, type Saliency } from "./compute/saliency.ts";
export { createPolicy } from "./compute/wasm-policy.ts";
export { untaughtPolicy } from "./compute/untaught-policy.ts";
export { supportsFastMath, type KernelOptions } from "./compute/kernels.ts";
export { loadPolicy, savePolicy, type LoadPolicyOptions } from "./compute/stored-policy.ts";

export { continuousActions, discreteAction, type ActionSpec, type DiscreteBranch } from "./core/action-spec.ts";
export { checkEnvironment } from "./core/check-environment.ts";
export {
  createAgentGroup,
  type ActionBatch,
  type AgentGroup,
  type Environment,
  type EnvironmentTiming,
} from "./core/environment.ts";
export {
  ConfigurationError,
  EnvironmentError,
  PolicyFileError,
  PolicyMismatchError,
  StorageError,
  TrainingError,
  UnsupportedError,
} from "./core/errors.ts";
export type { Device, LearnerState, PpoBatch, PpoLearner, PpoUpdateResult, PpoUpdateSettings } from "./core/learner.ts";
export {
  NATURE_ENCODER,
  SIMPLE_ENCODER,
  SMALL_ENCODER,
  type Activation,
  type Convolution,
  type NetworkSpec,
} from "./core/network-spec.ts";
export { Observable, type Observer } from "./core/observable.ts";
export {
  observationSpec,
  vectorObservation,
  type ImagePart,
  type ObservationOptions,
  type ObservationPart,
  type ObservationSpec,
} from "./core/observation-spec.ts";
export type {
  BirthCertificate,
  DecideOptions,
  DecisionBatch,
  NormaliserState,
  Policy,
  PolicyData,
  PolicyTrace,
} from "./core/policy.ts";
export { decodePolicy, encodePolicy } from "./core/policy-file.ts";
export { Random } from "./core/random.ts";
export type { RoleSpec } from "./core/role-spec.ts";
export { listBytes, readBytes, removeBytes, writeBytes } from "./core/storage.ts";
export type { WorkerLike } from "./core/worker-port.ts";

export { loadHavok } from "./havok-browser.ts";

export { cloneBehaviour, CLONING, type CloningOptions, type CloningProgress } from "./learn/behaviour-cloning.ts";
export { cloneInWorker } from "./learn/clone-in-worker.ts";
export {
  decodeDemonstration,
  demonstrationsToCsv,
  encodeDemonstration,
  type DemonstrationFile,
} from "./learn/demonstration-file.ts";
export { loadDemonstrations } from "./learn/demonstration-store.ts";
export { EpisodeWriter, type Demonstration, type Demonstrations } from "./learn/demonstrations.ts";
export type { DeviceFigures, DeviceReport } from "./learn/device-report.ts";
export type { Diagnosis, SuggestedChange } from "./learn/doctor/diagnosis.ts";
export type { DiagnosisChange } from "./learn/doctor/diagnosis-list.ts";
export { examine, type ExamineInWorkerOptions } from "./learn/doctor/examine.ts";
export { examineEnvironment, type ExamineOptions } from "./learn/doctor/examine-environment.ts";
export { evaluate, type EvaluateOptions, type Evaluation } from "./learn/evaluate.ts";
export type { EnvironmentRequest, TrainingProgress } from "./learn/messages.ts";
export { ppo, type PpoOptions, type PpoSettings, type PpoStatistics } from "./learn/ppo.ts";
export type { Schedule } from "./learn/schedule.ts";
export { resumeTeaching, teach, type ResumeOptions, type TeachOptions } from "./learn/teach.ts";
export type { RunPhase, RunResult, TrainingRun } from "./learn/training-run.ts";

export { ActionWriter } from "./scene/action-writer.ts";
export type { Actuator } from "./scene/actuator.ts";
export { choice, type ChoiceOptions } from "./scene/actuators/choice.ts";
export { drive, type DriveOptions } from "./scene/actuators/drive.ts";
export { jump, type JumpOptions } from "./scene/actuators/jump.ts";
export { movePlane, type MovePlaneOptions } from "./scene/actuators/move-plane.ts";
export { setter, type SetterOptions } from "./scene/actuators/setter.ts";
export { turn, type TurnOptions } from "./scene/actuators/turn.ts";
export { AgentBody } from "./scene/agent-body.ts";
export { DecisionScheduler, type DecisionOrigin } from "./scene/decision-scheduler.ts";
export { DebugView, type DebugDrawing, type DebugViewOptions } from "./scene/debug-view.ts";
export { ACTUATOR_FORMS } from "./scene/forms/actuator-forms.ts";
export type {
  AreaField,
  BitsField,
  CellsField,
  ChoiceField,
  ChoicesField,
  FlagField,
  FormField,
  NodeField,
  NumberField,
  OffsetField,
  PartForm,
  SensorField,
  TagsField,
  TextField,
} from "./scene/forms/form.ts";
export { initialOptions } from "./scene/forms/initial-options.ts";
export { partForm, type PartList } from "./scene/forms/part-form.ts";
export { SENSOR_FORMS } from "./scene/forms/sensor-forms.ts";
export { createHeadlessScene, type HeadlessScene, type HeadlessSceneOptions } from "./scene/headless-scene.ts";
export { attachController } from "./scene/keep/attach-controller.ts";
export { controllerToTypeScript, type PrintOptions } from "./scene/keep/controller-to-typescript.ts";
export { createParts, type AgentParts, type PlaceOfNodes } from "./scene/keep/create-parts.ts";
export { describeController, type DescribeOptions } from "./scene/keep/describe-controller.ts";
export {
  METADATA_KEY,
  METADATA_VERSION,
  type ControllerDescription,
  type NodeKeepsake,
  type PolicyDescription,
  type SceneKeepsake,
} from "./scene/keep/description.ts";
export {
  addPart,
  movePart,
  removePart,
  renameTargets,
  setOption,
  setSettings,
  type ControllerSettings,
} from "./scene/keep/edit-controller.ts";
export { withGltfExtras } from "./scene/keep/gltf-extras.ts";
export { showInInspector } from "./scene/keep/inspectable.ts";
export { forgetController, keepController, keptControllers } from "./scene/keep/keep-controller.ts";
export { forgetLesson, keepLesson, keptLessons } from "./scene/keep/keep-lesson.ts";
export { migrateKeepsake } from "./scene/keep/migrate-keepsake.ts";
export {
  embedPolicy,
  MOST_EMBEDDED_BYTES,
  readKeptPolicy,
  type KeptPolicyOptions,
} from "./scene/keep/policy-keeping.ts";
export { readController } from "./scene/keep/read-controller.ts";
export {
  restoreControllers,
  type RestoreOptions,
  type RestoreProblem,
  type RestoreReport,
} from "./scene/keep/restore-controllers.ts";
export { lessonEnvironment, type LessonEnvironmentOptions } from "./scene/lesson-environment.ts";
export { evaluateLesson, type EvaluateLessonOptions } from "./scene/evaluate-lesson.ts";
export { arenaSpacingFor } from "./scene/lesson-plan/arena-spacing-for.ts";
export { checkPlan } from "./scene/lesson-plan/check-plan.ts";
export { END_FORMS } from "./scene/lesson-plan/end-registry.ts";
export { examinePlan, type ExaminePlanOptions } from "./scene/lesson-plan/examine-plan.ts";
export { lessonFromPlan } from "./scene/lesson-plan/lesson-from-plan.ts";
export { lessonToTypeScript, type PrintLessonOptions } from "./scene/lesson-plan/lesson-to-typescript.ts";
export type { LessonSite } from "./scene/lesson-plan/lesson-site.ts";
export { EffortMeter } from "./scene/lesson-plan/effort-meter.ts";
export type { EndForm, ResetForm, RewardForm } from "./scene/lesson-plan/plan-part.ts";
export { PlanRules, type PlanRuleSet } from "./scene/lesson-plan/plan-rules.ts";
export type { PlanScore } from "./scene/lesson-plan/plan-score.ts";
export type { EndRule, LessonPlan, PlanProblem, ResetRule, RewardTerm } from "./scene/lesson-plan/plan.ts";
export { RESET_FORMS } from "./scene/lesson-plan/reset-registry.ts";
export { REWARD_FORMS } from "./scene/lesson-plan/reward-registry.ts";
export { teachHere, type TeachHereOptions } from "./scene/lesson-plan/here/teach-here.ts";
export { teachPlan, type TeachPlanOptions } from "./scene/lesson-plan/teach-plan.ts";
export { defineLesson, type Arena, type Lesson, type LessonSettings, type TermScore } from "./scene/lesson.ts";
export {
  NeuralController,
  type Decision,
  type Heuristic,
  type NeuralControllerOptions,
} from "./scene/neural-controller.ts";
export { watchPlan, type WatchedPlan } from "./scene/lesson-plan/watch-plan.ts";
export { packScene, type PackedSceneReport } from "./scene/packed/pack-scene.ts";
export type { PackedScene, Unpackable } from "./scene/packed/packed-scene.ts";
export { unpackScene, type UnpackedScene } from "./scene/packed/unpack-scene.ts";
export { placeBody } from "./scene/place-body.ts";
export { playLesson, type LessonPlay, type LessonPlayOptions, type PlayedEpisode } from "./scene/play-lesson.ts";
export { controllersOf } from "./scene/controllers-of.ts";
export {
  DemonstrationRecorder,
  recordDemonstrations,
  type RecordDemonstrationsOptions,
  type RecordedEpisode,
} from "./scene/demonstrations/record-demonstrations.ts";
export { DecisionTrack, type RecordedDecision, type ReplayedDecision } from "./scene/recorder/decision-track.ts";
export { AgentExplanation, explainAgent, type SensorShare } from "./scene/understand/explain-agent.ts";
export { ValueMap, valueMap, type ValueMapOptions } from "./scene/understand/value-map.ts";
export { AgentWatch, watchAgent, type WatchAgentOptions } from "./scene/understand/watch-agent.ts";
export { FlightRecorder, type FlightRecorderOptions } from "./scene/recorder/flight-recorder.ts";
export type { PolicyVersion } from "./scene/recorder/policy-version.ts";
export {
  ACTUATOR_KINDS,
  createActuator,
  createSensor,
  SENSOR_KINDS,
  type PartDescription,
  type PartOptions,
} from "./scene/registry.ts";
export { releasePhysics } from "./scene/release-physics.ts";
export { SceneEnvironment, type SceneEnvironmentOptions } from "./scene/scene-environment.ts";
export type { Colour, DebugPen, NodeSource, Sensor, Vector } from "./scene/sensor.ts";
export { angularVelocity, type AngularVelocityOptions } from "./scene/sensors/angular-velocity.ts";
export { contact, type ContactOptions } from "./scene/sensors/contact.ts";
export { directionTo, type DirectionToOptions } from "./scene/sensors/direction-to.ts";
export { distanceTo, type DistanceToOptions } from "./scene/sensors/distance-to.ts";
export { gridSensor, type GridSensorOptions } from "./scene/sensors/grid-sensor.ts";
export { lastAction } from "./scene/sensors/last-action.ts";
export { orientation, type OrientationOptions } from "./scene/sensors/orientation.ts";
export { rayCone, type RayConeOptions } from "./scene/sensors/ray-cone.ts";
export { rayFan, type RayFanOptions } from "./scene/sensors/ray-fan.ts";
export { stacked } from "./scene/sensors/stacked.ts";
export { value, type ValueOptions } from "./scene/sensors/value.ts";
export { velocity, type VelocityOptions } from "./scene/sensors/velocity.ts";
export { hasTag } from "./scene/tags.ts";
