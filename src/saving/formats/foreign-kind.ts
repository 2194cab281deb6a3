import { FileError } from "../../errors.ts";
import type { JsonObject } from "../../json/json.ts";

/** A format that files are told by; what is of none is `other`. */
export type FileFormat =
  | "keras"
  | "hdf5"
  | "weights-h5"
  | "npy"
  | "npz"
  | "json"
  | "tfjs"
  | "yaml"
  | "onnx"
  | "tflite"
  | "saved-model"
  | "checkpoint"
  | "pytorch"
  | "gzip"
  | "zip"
  | "other";

/** What a file is that is no `.keras` file of Keras 3, and how its model gets into one. */
export interface Foreign {
  readonly format: FileFormat;
  /** As behind "received". */
  readonly what: string;
  /** One sentence. */
  readonly help: string;
}

/** A version as it is where it is harmless. */
export function plain(version: string): string {
  return /^[\w.+-]{1,32}$/.test(version) ? version : "2 or older";
}

/** A `.keras` file that Keras 2 wrote; null for one of Keras 3. */
export function foreignVersion(metadata: JsonObject | null): Foreign | null {
  const version = metadata?.keras_version;
  if (typeof version !== "string" || !/^[0-2]\./.test(version)) return null;
  return {
    format: "keras",
    what: `a .keras file of Keras ${plain(version)}`,
    help: "loadModel opens it, and saveModel writes it for Keras 3.",
  };
}

export function errorOf(
  { what, help }: Foreign,
  name: string,
  expected = "a .keras file",
  cause?: unknown,
): FileError {
  return new FileError(
    name,
    `expected ${expected}, received ${what}. ${help}`,
    cause ? { cause } : undefined,
  );
}
