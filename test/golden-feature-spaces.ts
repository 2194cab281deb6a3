/** Feature spaces as golden files and the live comparison describe them. */
import { resetNames } from "../src/graph/naming.ts";
import { isDict } from "../src/graph/nested.ts";
import { type Feature, FeatureSpace, type FeatureSpaceOptions } from "../src/index.ts";
import * as layers from "../src/layers/index.ts";
import type { NestedArray } from "../src/tensor/create.ts";
import { camelCase } from "../tools/exported-names.ts";
import type { TensorRecord } from "./formula.ts";

export type ByName<T> = Readonly<Record<string, T>>;
export type Columns = ByName<NestedArray>;
export type Encoded<T> = T | ByName<T>;

/** A kind by its name, a method and what it is given, or a layer and its options. */
type FeatureRecord =
  | string
  | readonly [method: string, options: object]
  | { readonly dtype: string; readonly layer: readonly [string, object]; readonly output_mode: string };

export interface SpaceRecord {
  readonly id: string;
  readonly features: ByName<FeatureRecord>;
  readonly options: ByName<unknown>;
  readonly config_text: string;
  readonly adapt?: Columns;
  readonly batch?: number;
  readonly inputs_spec: ByName<Spec>;
  readonly encoded_spec: Encoded<Spec>;
  readonly adapted_text: string;
  readonly names: readonly string[];
  readonly data: Columns;
  readonly outputs?: Encoded<TensorRecord>;
  readonly sample: Columns;
  readonly sample_outputs: Encoded<TensorRecord>;
}

export interface Spec {
  readonly shape: readonly (number | null)[];
  readonly dtype: string;
}

/** What a record says in Python, made here. */
export function makeSpace({ features, options }: SpaceRecord): FeatureSpace {
  resetNames();
  const made = Object.entries(features).map(([name, feature]) => [name, featureOf(feature)]);
  const crosses = (options.crosses as unknown[] | undefined)?.map((cross) =>
    Array.isArray(cross) ? cross : FeatureSpace.cross(cross as never),
  );
  const given = { ...options, ...(crosses && { crosses }), features: Object.fromEntries(made) };
  return new FeatureSpace(given as FeatureSpaceOptions);
}

const named: ByName<new (options: object) => layers.Layer> = {
  CategoryEncoding: layers.CategoryEncoding as never,
  Normalization: layers.Normalization,
  TextVectorization: layers.TextVectorization,
};

function featureOf(record: FeatureRecord): unknown {
  if (typeof record === "string") return record;
  if (isDict(record)) {
    const { dtype, layer, output_mode } = record as Exclude<FeatureRecord, string | readonly unknown[]>;
    const Layer = named[layer[0]]!;
    return FeatureSpace.feature({
      dtype,
      preprocessor: new Layer(layer[1]),
      output_mode: output_mode as Feature["output_mode"],
    });
  }
  const [method, options] = record as readonly [string, object];
  return (FeatureSpace as unknown as ByName<(options: object) => unknown>)[camelCase(method)]!(options);
}

/** Columns as batches of so many rows. */
function batches(columns: Columns, size: number): ByName<NestedArray>[] {
  const rows = Object.values(columns as ByName<unknown[]>)[0]!.length;
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        (values as NestedArray[]).slice(i * size, (i + 1) * size),
      ]),
    ),
  );
}

export function adaptSpace(space: FeatureSpace, { adapt: data, batch }: SpaceRecord): FeatureSpace {
  if (data) space.adapt(batch ? batches(data, batch) : data);
  return space;
}
