import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { noteFor, textAspect } from "../../test/tried.ts";
import { activationClasses } from "../activations/classes.ts";
import * as activations from "../activations/index.ts";
import { type Dialect, parseDialect } from "../dialects/version.ts";
import { expectClose } from "../engines/expect-close.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { runProgram, useReference } from "../engines/reference/index.ts";
import { withDialect } from "../fields/writing.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { resetNames } from "../graph/naming.ts";
import { flatten, mapNested, type Nested, packLike } from "../graph/nested.ts";
import type { JsonObject } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import { Functional } from "../models/functional.ts";
import { Builder } from "../program/builder.ts";
import type { Program } from "../program/primitives.ts";
import type { Value } from "../program/value.ts";
import { deserialize } from "../registry/deserialize.ts";
import { Registry } from "../registry/registry.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { aligned } from "./aligned.fixture.ts";
import { opClasses } from "./classes.ts";
import type { Op } from "./define.ts";
import * as ops from "./index.ts";

interface Case {
  readonly id: string;
  readonly config_text: string;
  readonly inputs: readonly TensorRecord[];
  readonly output_spec: readonly { readonly shape: readonly (number | null)[]; readonly dtype: string }[];
  readonly outputs?: readonly TensorRecord[];
}

const registry = new Registry([Functional, InputLayer, ...opClasses(), ...activationClasses()] as never);

/** Positional arguments that Keras 3.11 moved into the config: what is built here is written as 3.6 has it. */
const MOVED_ARGUMENTS = [
  // Takes its shape first.
  "ops.full((2, 3), ops.mean(x))",
  'ops.full((2, 3, 4), v[0], dtype="float16")',
  'ops.full([3, 5], ops.sum(n), dtype="int32")',
  // Its calls were made in another order than that in which they are listed: they are numbered otherwise.
  "ops.geomspace(p[0, 0], p[1, 0] + 3, num=4)",
  "ops.isclose(x, y)",
  "ops.slice(x, [0, 1, 0], [2, 2, 3])",
];

/** Python integers, which the golden files have as int64. */
const PYTHON_INTEGERS = ["ops.size(x)", "ops.ndim(x)"];

function asComputed(output: TensorRecord, id: string): TensorRecord {
  return PYTHON_INTEGERS.includes(id) ? { ...output, dtype: "int32" } : output;
}

function casesOf(version: string): Case[] {
  const folder = new URL(`../../golden/${version}/`, import.meta.url);
  const groups = readdirSync(new URL("ops/", folder)).map((name) => `ops/${name}`);
  return ["ops.json", "linalg.json", "image_ops.json", ...groups].flatMap((file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    return (JSON.parse(text) as { cases: Case[] }).cases;
  });
}

/** What the baseline computes, which newer records leave out where it is the same. */
const baseline = new Map(casesOf("3.6").map(({ id, outputs }) => [id, outputs]));

/** Whether Keras says without numbers what it then computes: where it does not, only what it computes counts. */
function isReported({ shape, dtype }: Case["output_spec"][number], computed: TensorRecord): boolean {
  if (dtype !== computed.dtype || shape.length !== computed.shape.length) return false;
  return shape.every((size, i) => size === null || size === computed.shape[i]);
}

function modelOf({ config_text: text }: Case, dialect: Dialect): Functional {
  return deserialize(parsePythonJson(text), { registry, dialect }) as Functional;
}

const catalogue = [ops, ops.image, activations].flatMap((door) => Object.values<unknown>(door)) as Op[];

/** The same model, made by calling our own functions with what is in the config. */
function rebuilt(model: Functional): Functional {
  resetNames();
  const made = new Map(model.inputs.map((tensor) => [tensor, tensor]));
  for (const node of model.nodes) {
    if (node.isInput) continue;
    const cls = node.operation.constructor;
    const op = catalogue.find(({ Operation }) => (Operation as unknown) === cls) as unknown as (
      ...args: unknown[]
    ) => Nested<KerasTensor>;
    const { args, kwargs } = node.fill((tensor) => made.get(tensor));
    const count = cls.signature.names.length - Object.keys(kwargs).length;
    const isVariadic = cls.className === "Einsum" || cls.className === "Meshgrid";
    const tensors = isVariadic ? args.length : Math.min(args.length, tensorCounts[cls.className] ?? count);
    const { name: _, ...options } = node.operation.getConfig() as Record<string, unknown>;
    for (const [i, arg] of args.slice(tensors).entries()) options[cls.signature.names[tensors + i]!] = arg;
    const outputs = flatten(op(...args.slice(0, tensors), ...optionsOf({ ...options, ...kwargs })));
    for (const [i, output] of outputs.entries()) made.set(node.outputs[i]!, output);
  }
  return new Functional({
    inputs: model.inputStructure,
    outputs: mapNested(model.outputStructure, (tensor) => made.get(tensor)!),
    name: "m",
  });
}

/** How many of a call's positional arguments are tensors, where others are recorded with them. */
const tensorCounts: Readonly<Record<string, number>> = {
  Rearrange: 1,
  BatchNorm: 3,
  Isclose: 2,
  LayerNorm: 1,
  Slice: 2,
};

function optionsOf(options: Readonly<Record<string, unknown>>): object[] {
  return Object.keys(options).length === 0 ? [] : [options];
}

/** The Program that computes a model, with an open batch. */
function trace(model: Functional): Program {
  const builder = new Builder();
  const values = model.inputs.map(({ shape, dtype }) => builder.input({ shape, dtype }));
  const outputs = flatten(model.invoke([packLike(model.inputStructure, values)], {}) as Value);
  return builder.finish(outputs);
}

function expectOutputs(outputs: readonly Tensor[], record: Case): void {
  const expected = record.outputs!.map((output) => recordTensor(asComputed(output, record.id)));
  for (const [i, output] of aligned(record.id, outputs, expected).entries()) {
    const loose = output.dtype.endsWith("float16") ? 1e-2 : 1e-5;
    expectClose(output, expected[i]!, `output ${i}`, loose);
  }
}

function expectSpecs(specs: readonly Case["output_spec"][number][], record: Case): void {
  const outputs = record.outputs ?? baseline.get(record.id) ?? [];
  for (const [i, spec] of record.output_spec.entries()) {
    const computed = outputs[i] && asComputed(outputs[i], record.id);
    if (!computed || isReported(spec, computed)) expect(specs[i]).toEqual(spec);
    else expect(isReported(specs[i]!, computed), `output ${i}: ${JSON.stringify(specs[i])}`).toBe(true);
  }
}

/** The public name of what a case is about: the outermost function of its expression. */
function nameOf({ id }: Case): string {
  return /\b(?:keras\.)?((?:ops|activations|layers)\.[\w.]+)\(/.exec(id)?.[1] ?? id;
}

const ort = onnxruntime({ package: "onnxruntime-node" });

beforeAll(useReference);

describe.each(["3.6", "3.15"])("Keras %s", (version) => {
  const cases = casesOf(version);
  const dialect = parseDialect(version)!;

  it.for(cases)("$id: the same text", (record, context) => {
    resetNames();
    const note = noteFor(context, nameOf(record));
    const { config } = parsePythonJson(record.config_text) as JsonObject;
    const written = withDialect(dialect, () => modelOf(record, dialect).getConfig());
    note(textAspect(version), () => expect(stringifyPythonJson(written)).toBe(stringifyPythonJson(config)));
  });

  const buildable = cases.filter(({ id }) => version === "3.6" || !MOVED_ARGUMENTS.includes(id));
  it.for(buildable)("$id: the same config when built here", (record, context) => {
    const { config } = parsePythonJson(record.config_text) as JsonObject;
    const written = withDialect(dialect, () => rebuilt(modelOf(record, dialect)).getConfig());
    noteFor(context, nameOf(record))("made here", () =>
      expect(stringifyPythonJson(written)).toBe(stringifyPythonJson(config)),
    );
  });

  it.for(cases)("$id: the same shapes and dtypes", (record, context) => {
    const specs = modelOf(record, dialect).outputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
    noteFor(context, nameOf(record))("shapes", () => expectSpecs(specs, record));
  });

  it.for(cases.filter(({ outputs }) => outputs))("$id: the same values", async (record, context) => {
    const inputs = record.inputs.map(recordTensor);
    const program = trace(modelOf(record, dialect));
    const note = noteFor(context, nameOf(record));
    note("values", () => expectOutputs(runProgram(program, inputs), record));
    await note("values on ONNX Runtime", async () => {
      const executable = await ort.compile(program);
      expectOutputs(await executable.run(inputs), record);
      await executable.dispose();
    });
  });
});
