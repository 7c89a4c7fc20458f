import {
  ConfigurationError,
  EnvironmentError,
  PaintingError,
  PolicyFileError,
  PolicyMismatchError,
  StorageError,
  TextureFileError,
  TrainingError,
  UnsupportedError,
} from "./errors.ts";

/** An error on its way from a worker to the page. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

const CLASSES: readonly (new (message: string, options?: ErrorOptions) => Error)[] = [
  ConfigurationError,
  EnvironmentError,
  PaintingError,
  PolicyFileError,
  PolicyMismatchError,
  StorageError,
  TextureFileError,
  TrainingError,
  UnsupportedError,
];

/** Takes an error apart so that it can be posted. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack ?? "" };
  return { name: "Error", message: String(error), stack: "" };
}

/** Puts an error together again, of the class it had; the worker's own stack is in its cause. */
export function fromFailure(failure: Failure): Error {
  const Class = CLASSES.find((candidate) => candidate.name === failure.name) ?? Error;
  return new Class(failure.message, { cause: failure.stack });
}
