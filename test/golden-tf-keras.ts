import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Nested } from "../src/graph/nested.ts";
import type { DType } from "../src/tensor/dtype.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";

/** Tensors in the structure of a model; the keys of a dict in its order. */
export type NestedRecord = TensorRecord | readonly NestedRecord[] | { readonly [key: string]: NestedRecord };

/** What came of training, as golden/README.md defines it. */
export interface TrainingRecord {
  readonly y: readonly TensorRecord[];
  readonly steps: readonly (readonly number[])[];
  readonly metrics_names: readonly string[];
  readonly evaluate: readonly number[];
  readonly optimizer_weights: readonly (TensorRecord & { readonly name: string })[];
}

/** A model of TensorFlow's own Keras, as golden/README.md defines it. */
export interface TfKerasRecord {
  readonly id: string;
  readonly class_name: string;
  readonly to_json: string;
  readonly layers: readonly (readonly [className: string, name: string, trainable: boolean])[];
  readonly weights?: readonly (readonly [
    name: string,
    shape: readonly number[],
    dtype: DType,
    trainable: boolean,
  ])[];
  readonly input_names?: readonly string[];
  readonly output_names?: readonly string[];
  readonly inputs?: NestedRecord;
  readonly outputs?: NestedRecord;
  readonly training?: TrainingRecord;
  readonly clone_class: string;
  readonly clone_order: readonly (readonly [className: string, name: string])[];
  readonly clone_json: string;
  /** Why there is no file of it. */
  readonly not_saved?: string;
  /** The `.h5` or `.keras` file, where there is one. */
  readonly file: string | null;
}

/** What is in the folder: a clone's text is left out where it is the model's. */
type WrittenRecord = Omit<TfKerasRecord, "clone_json" | "file"> & { readonly clone_json?: string };

const golden = new URL("../golden/", import.meta.url);

/** The models of a version of TensorFlow's Keras, such as `"2.9"`. */
export function tfKerasModels(version: string): TfKerasRecord[] {
  const folder = new URL(`${version}/models/`, golden);
  const files = readdirSync(folder);
  return files
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const record = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as WrittenRecord;
      const { id, to_json, clone_json = to_json } = record;
      const saved = files.find((name) => name === `${id}.h5` || name === `${id}.keras`);
      return { ...record, clone_json, file: saved ? fileURLToPath(new URL(saved, folder)) : null };
    });
}

/** The tensors of records, in their structure. */
export function nestedTensors(record: NestedRecord): Nested<Tensor> {
  if (isTensorRecord(record)) return recordTensor(record);
  if (isList(record)) return record.map(nestedTensors);
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, nestedTensors(value)]));
}

function isList(record: NestedRecord): record is readonly NestedRecord[] {
  return Array.isArray(record);
}

function isTensorRecord(record: NestedRecord): record is TensorRecord {
  return "dtype" in record && typeof record.dtype === "string";
}
