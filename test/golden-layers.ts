import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Dialect } from "../src/dialects/version.ts";
import type { Engine } from "../src/engines/engine.ts";
import type { Fields } from "../src/fields/field.ts";
import { withDialect } from "../src/fields/writing.ts";
import { KerasTensor } from "../src/graph/graph.ts";
import { maskOf, setMask } from "../src/graph/mask.ts";
import { flatten, type Nested } from "../src/graph/nested.ts";
import type { JsonObject } from "../src/json/json.ts";
import { markFloat } from "../src/json/marks.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { stringifyPythonJson } from "../src/json/stringify.ts";
import type { Layer } from "../src/layers/layer.ts";
import { Builder } from "../src/program/builder.ts";
import { runCalling } from "../src/program/calling.ts";
import type { Program } from "../src/program/primitives.ts";
import type { Spec, Value } from "../src/program/value.ts";
import { serialize } from "../src/registry/serialize.ts";
import type { Shape } from "../src/tensor/shape.ts";
import { Tensor } from "../src/tensor/tensor.ts";
import { choosing } from "./choosing.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";

/** A weight of a golden layer: what it is, and the formula of its values. */
export interface WeightRecord extends TensorRecord {
  readonly path: string;
  readonly name: string;
  readonly trainable: boolean;
}

/** A case of a layer class, as golden/README.md defines it. */
export interface LayerRecord {
  readonly id: string;
  readonly class_name: string;
  readonly config_text: string;
  readonly built_config_text?: string;
  readonly call?: { readonly args: readonly unknown[]; readonly kwargs: Readonly<Record<string, unknown>> };
  readonly inputs?: readonly TensorRecord[];
  readonly input_masks?: Readonly<Record<string, number>>;
  readonly output_spec?: readonly (Spec | null)[];
  readonly weights?: readonly WeightRecord[];
  readonly outputs?: readonly (TensorRecord | null)[];
  readonly output_masks?: readonly (TensorRecord | null)[];
  readonly losses?: readonly number[];
  readonly training_outputs?: readonly (TensorRecord | null)[];
  readonly training_weights?: Readonly<Record<string, TensorRecord>>;
  readonly adapt?: TensorRecord;
  readonly adapt_batches?: number;
  readonly vocabulary?: readonly (string | number)[];
  readonly choices?: readonly number[];
}

/** The cases of one class. */
export interface LayerFile {
  readonly name: string;
  readonly cases: readonly LayerRecord[];
}

const golden = new URL("../golden/", import.meta.url);

/** The classes and cases of a Keras version. */
export function layerFiles(version: string): LayerFile[] {
  return ["layers", "texts", "image_parts"].flatMap((part) => {
    const folder = new URL(`${version}/${part}/`, golden);
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((file) => {
      const { cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Pick<LayerFile, "cases">;
      return { name: file.replace(".json", ""), cases };
    });
  });
}

/** The values of a newer version are only there where they differ from the baseline's. */
export function hasOwnValues(record: LayerRecord): boolean {
  return record.outputs !== undefined;
}

/** The text of a layer as `json.dumps(serialize_keras_object(layer))` gives it. */
export function textOf(object: unknown, dialect: Dialect | null = null): string {
  return withDialect(dialect, () => stringifyPythonJson(serialize(object)));
}

/** A constructor's options that make the same layer again. */
export function optionsOf(layer: Layer): Record<string, unknown> {
  const values = layer as unknown as Readonly<Record<string, unknown>>;
  const options: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(layer.constructor.fields))
    options[key] = values[field.property ?? key];
  return options;
}

/**
 * The text with floats where a class has them: a constructor cannot know that Python was given `1` for `1.0`, which
 * only a config keeps.
 */
export function withFloats(text: string, fields: Fields): string {
  const envelope = parsePythonJson(text) as { readonly config: JsonObject };
  for (const [key, { float }] of Object.entries(fields)) {
    const value = envelope.config[key];
    if (!float) continue;
    if (typeof value === "number") markFloat(envelope.config, key);
    if (Array.isArray(value)) for (const i of value.keys()) markFloat(value, i);
  }
  return stringifyPythonJson(envelope as never);
}

/**
 * The text of a layer that is not built, where the one at hand was built before its first call. One that says nothing of
 * it says so always.
 */
export function withoutBuild(text: string): string {
  const { build_config, ...envelope } = parsePythonJson(text) as JsonObject;
  const saysNothing = build_config == null || Object.keys(build_config).length === 0;
  return saysNothing ? text : stringifyPythonJson(envelope);
}

/** What a call of a layer gave, flat; null where there is none. */
export interface Outcome<T> {
  readonly outputs: readonly (T | null)[];
  readonly masks: readonly (T | null)[];
}

/** What learns from data. */
interface Adaptable {
  adapt(data: Tensor | readonly Tensor[]): void;
}

/** Lets a layer learn what that of the record learned. */
export function adaptAs({ adapt, adapt_batches: batches }: LayerRecord, layer: Layer): void {
  if (!adapt) return;
  const data = recordTensor(adapt);
  (layer as Layer & Adaptable).adapt(batches === undefined ? data : inBatches(data, batches));
}

/** As many parts of a tensor along its first axis. */
function inBatches({ dtype, shape: [rows = 0, ...rest], data }: Tensor, count: number): Tensor[] {
  const size = data.length / count;
  return Array.from({ length: count }, (_, i) => {
    const part = (data as Float32Array).slice(i * size, (i + 1) * size);
    return new Tensor(dtype, [rows / count, ...rest], part);
  });
}

/** Calls a layer with the arguments of a record; `maskCarrier` is what a mask is attached to. */
function call<T extends object>(
  layer: Layer,
  record: LayerRecord,
  inputs: readonly T[],
  maskCarrier: (input: T) => object = (input) => input,
): Outcome<T> {
  adaptAs(record, layer);
  for (const [input, mask] of Object.entries(record.input_masks ?? {})) {
    setMask(maskCarrier(inputs[Number(input)]!), maskCarrier(inputs[mask]!) as Value);
  }
  const given = (argument: unknown): unknown => substitute(argument, inputs);
  const { args, kwargs } = record.call!;
  const result = choosing(record.choices, () =>
    layer.invoke(args.map(given), given(kwargs) as Record<string, unknown>),
  );
  const outputs = flatten(result as Nested<T | null>);
  return {
    outputs,
    masks: outputs.map((output) => (output === null ? null : maskOf(maskCarrier(output)))) as (T | null)[],
  };
}

/** Arguments with `{ "$input": n }` replaced by input number `n`. */
function substitute(argument: unknown, inputs: readonly unknown[]): unknown {
  if (Array.isArray(argument)) return argument.map((item) => substitute(item, inputs));
  if (typeof argument !== "object" || argument === null) return argument;
  if ("$input" in argument) return inputs[argument.$input as number];
  return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, substitute(value, inputs)]));
}

/** The shape a record's symbolic inputs have: the batch is unknown unless the layer, or Keras, needs to know it. */
function openShape(record: LayerRecord, shape: Shape): Shape {
  if (!record.output_spec) return shape;
  return [record.output_spec?.find((spec) => spec)?.shape[0] ?? null, ...shape.slice(1)];
}

/** Calls the layer as part of a graph, with an unknown batch. */
export function callSymbolically(layer: Layer, record: LayerRecord): Outcome<KerasTensor> {
  const inputs = record.inputs!.map(
    ({ shape, dtype }) => new KerasTensor({ shape: openShape(record, shape), dtype }),
  );
  return call(layer, record, inputs, (tensor) => tensor.value);
}

/** Sets the weights to the record's formula. */
export function assignWeights(layer: Layer, record: LayerRecord): void {
  layer.setWeights((record.weights ?? []).map(recordTensor));
  if ("finalizeState" in layer) (layer.finalizeState as () => void)();
  if ("resetState" in layer) (layer.resetState as () => void)();
  rewindSeeds(layer);
}

/** Random numbers begin anew. */
function rewindSeeds(layer: Layer): void {
  for (const variable of layer.variables) {
    if (variable.name !== "seed_generator_state") continue;
    const [seed = 0] = variable.value.data as Uint32Array;
    variable.assign(new Tensor("uint32", [2], Uint32Array.of(seed, 0)));
  }
}

/** Computes at once. */
export function callEagerly(layer: Layer, record: LayerRecord, training = false): Outcome<Tensor> {
  const inputs = record.inputs!.map(recordTensor);
  return training
    ? runCalling({ training: true }, () => call(layer, record, inputs))
    : call(layer, record, inputs);
}

/** Traces a call with an unknown batch. */
export function traceCall(layer: Layer, record: LayerRecord): { program: Program; outcome: Outcome<Value> } {
  const builder = new Builder();
  const inputs = record.inputs!.map(({ shape, dtype }) =>
    builder.input({ shape: openShape(record, shape), dtype }),
  );
  const outcome = call(layer, record, inputs);
  const results = [...outcome.outputs, ...outcome.masks].filter((value) => value !== null);
  return { program: builder.finish(results), outcome };
}

/** Runs a traced call on an engine. */
export async function runTraced(
  engine: Engine,
  { program, outcome }: ReturnType<typeof traceCall>,
  record: LayerRecord,
): Promise<Outcome<Tensor>> {
  const executable = await engine.compile(program);
  try {
    const results = await executable.run(record.inputs!.map(recordTensor));
    let next = 0;
    const take = (value: Value | null) => (value === null ? null : results[next++]!);
    return { outputs: outcome.outputs.map(take), masks: outcome.masks.map(take) };
  } finally {
    await executable.dispose();
  }
}

/** Records of tensors as tensors. */
export function tensorsOf(records: readonly (TensorRecord | null)[]): (Tensor | null)[] {
  return records.map((record) => record && recordTensor(record));
}
