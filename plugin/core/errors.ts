import { SymptomaticError } from "./symptom.ts";

/**
 * The errors that this library throws, one class per thing that a user can react to.
 *
 * Every message is one line: who, what was needed, what came, what to do.
 */

/** An option, a spec or an argument that cannot work. Thrown before anything has happened. */
export class ConfigurationError extends SymptomaticError {
  override readonly name = "ConfigurationError";
}

/** A policy whose labels, sizes or kinds do not fit the agent it is given to. */
export class PolicyMismatchError extends Error {
  override readonly name = "PolicyMismatchError";
}

/** A policy or checkpoint file that is truncated, corrupted, foreign or of a newer format. */
export class PolicyFileError extends Error {
  override readonly name = "PolicyFileError";
}

/** A place that could not be read from or written to: missing, denied, full, or of an unknown kind. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

/** An environment or a lesson that broke its contract, or threw. */
export class EnvironmentError extends SymptomaticError {
  override readonly name = "EnvironmentError";
}

/** A training run that cannot go on, because a number went bad or its workers kept failing. */
export class TrainingError extends SymptomaticError {
  override readonly name = "TrainingError";
}

/** A painting or an export that cannot go on, because its worker died. */
export class PaintingError extends Error {
  override readonly name = "PaintingError";
}

/** A recipe or a zip of a texture that is truncated, foreign, changed or of a newer format. */
export class TextureFileError extends Error {
  override readonly name = "TextureFileError";
}

/** Something this browser, this Node or this release cannot do. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}
