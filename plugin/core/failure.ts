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
import { SymptomaticError, type Symptom, type SymptomOptions } from "./symptom.ts";

/** An error on its way from a worker to the page. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly symptom?: Symptom;
}

/** By name: what a class calls itself is shortened where a page is packed. */
const CLASSES: Readonly<Record<string, new (message: string, options?: SymptomOptions) => Error>> = {
  ConfigurationError,
  EnvironmentError,
  PaintingError,
  PolicyFileError,
  PolicyMismatchError,
  StorageError,
  TextureFileError,
  TrainingError,
  UnsupportedError,
};

/** Takes an error apart so that it can be posted. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Error) {
    const symptom = error instanceof SymptomaticError ? error.symptom : undefined;
    return { name: error.name, message: error.message, stack: error.stack ?? "", ...(symptom ? { symptom } : {}) };
  }
  return { name: "Error", message: String(error), stack: "" };
}

/** Puts an error together again, of the class it had; the worker's own stack is in its cause. */
export function fromFailure(failure: Failure): Error {
  const Class = Object.hasOwn(CLASSES, failure.name) ? CLASSES[failure.name] : Error;
  return new Class(failure.message, { cause: failure.stack, symptom: failure.symptom });
}
