import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { parseDialect } from "../src/dialects/version.ts";
import type { Engine } from "../src/engines/engine.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference, useReference } from "../src/engines/reference/index.ts";
import { withDialect } from "../src/fields/writing.ts";
import { setMask } from "../src/graph/mask.ts";
import { resetNames } from "../src/graph/naming.ts";
import type { JsonObject } from "../src/json/json.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { stringifyPythonJson } from "../src/json/stringify.ts";
import * as metrics from "../src/metrics/index.ts";
import { Builder } from "../src/program/builder.ts";
import type { Numeric } from "../src/program/emit.ts";
import type { Value } from "../src/program/value.ts";
import { copyObject } from "../src/registry/configurable.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { serialize } from "../src/registry/serialize.ts";
import { settle } from "../src/registry/settle.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import { type Note, noteFor, textAspect } from "./tried.ts";

useReference();
const ort = onnxruntime({ package: "onnxruntime-node" });

type Inputs = Readonly<
  Partial<Record<"values" | "y_true" | "y_pred" | "sample_weight" | "mask", TensorRecord>>
>;

interface Series {
  readonly batches: readonly Inputs[];
  readonly outputs: readonly TensorRecord[];
  readonly variables: readonly (TensorRecord & { readonly path: string; readonly name: string })[];
}

interface MetricRecord {
  readonly kind: "metric" | "metric_identifier";
  readonly id: string;
  readonly name: string;
  readonly options: JsonObject;
  readonly config_text: string | null;
  readonly values?: readonly Series[];
}

const VERSIONS = ["3.6", "3.15"];

function recordsOf(version: string): MetricRecord[] {
  const text = readFileSync(new URL(`../golden/${version}/metrics.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: MetricRecord[] }).cases;
}

it("every metric of Keras has golden cases", () => {
  const covered = new Set(VERSIONS.flatMap(recordsOf).map(({ name }) => name));
  const names = metrics.classes.map(({ className }) => className);
  expect(names.filter((name) => !covered.has(name))).toEqual(["MeanMetricWrapper"]); // has tests of its own
});

type AnyMetric = metrics.Metric & { apply(...args: unknown[]): Numeric };

for (const version of VERSIONS) {
  const dialect = parseDialect(version)!;
  const aspect = textAspect(version);
  const textOf = (object: object) => withDialect(dialect, () => stringifyPythonJson(serialize(object)));
  const read = (text: string) =>
    deserialize(parsePythonJson(text), { registry: builtins, dialect }) as AnyMetric;
  const records = recordsOf(version);

  describe(`Keras ${version}`, () => {
    const cases = records.filter(({ kind }) => kind === "metric");
    it.for(cases)("$id", async ({ name, options, config_text: text, values = [] }, context) => {
      const note = noteFor(context, `metrics.${name}`);
      const found = read(text!);
      noteFor(
        context,
        `metrics.${name}`,
        "metrics.deserialize",
        "metrics.serialize",
      )(aspect, () => expect(textOf(found), "written as read").toBe(text));
      expect(textOf(copyObject(found)), "copied").toBe(text);
      const { dtype } = (parsePythonJson(text!) as { config: JsonObject }).config;
      const cls = (metrics as unknown as Record<string, new (options: object) => AnyMetric>)[name]!;
      const make = () => {
        resetNames();
        // What Keras computes in by default is another dtype in newer versions of the IoU family.
        return settle(new cls({ ...options, dtype }), dialect);
      };
      note("made here", () => expect(textOf(make()), "constructed").toBe(text));
      for (const series of values) await expectSeries(make, series, note);
    });

    // Keras gives the base class by its name, too, though it can do nothing.
    const identifiers = records.filter(
      ({ kind, id }) => kind === "metric_identifier" && !/^metric$/i.test(id),
    );
    it.for(identifiers)("$id", ({ id, config_text: text }, context) => {
      noteFor(context, "metrics.get")(aspect, () => {
        if (text === null) expect(() => metrics.getMetric(id)).toThrow();
        else {
          resetNames();
          const metric = settle(metrics.getMetric(id), dialect);
          const { dtype } = (parsePythonJson(text) as { config: JsonObject }).config;
          expect(textOf(Object.assign(metric, { dtype }))).toBe(text);
        }
      });
    });
  });
}

/** Batch after batch: eagerly, then each batch as a run of one Program on both engines. */
async function expectSeries(make: () => AnyMetric, series: Series, note: Note): Promise<void> {
  const eager = make();
  note("values", () => expectEager(eager, series));
  note("weights", () => expectVariables(eager, series));
  await expectTraced(reference, make, series);
  await note("values on ONNX Runtime", () => expectTraced(ort, make, series));
}

function expectEager(eager: AnyMetric, { batches, outputs }: Series): void {
  for (const [i, batch] of batches.entries()) {
    const result = eager.apply(...argumentsOf(batch, recordTensor)) as Tensor;
    expectClose(result, recordTensor(outputs[i]!), `batch ${i}: eager`);
  }
}

function expectVariables(eager: AnyMetric, { variables }: Series): void {
  expect(eager.variables.map(({ path, name, shape, dtype }) => ({ path, name, shape, dtype }))).toEqual(
    variables.map(({ path, name, shape, dtype }) => ({ path, name, shape, dtype })),
  );
  for (const [i, { value }] of eager.variables.entries())
    expectClose(value, recordTensor(variables[i]!), `variable ${i}`);
}

async function expectTraced(
  engine: Engine,
  make: () => AnyMetric,
  { batches, outputs, variables }: Series,
): Promise<void> {
  const expected = outputs.map(recordTensor);
  const state = variables.map(recordTensor);
  const metric = make();
  for (const [i, batch] of batches.entries()) {
    const builder = new Builder();
    const tensors: Tensor[] = [];
    const input = (record: TensorRecord) => {
      const tensor = recordTensor(record);
      tensors.push(tensor);
      const shape = tensor.shape.length === 0 ? [] : [null, ...tensor.shape.slice(1)];
      return builder.input({ shape, dtype: tensor.dtype });
    };
    const result = metric.apply(...argumentsOf(batch, input)) as Value;
    const program = builder.finish([result]);
    const executable = await engine.compile(program);
    const [received, ...updates] = await executable.run(tensors);
    await executable.dispose();
    // Half precision may be left at another step on the way to the result.
    const tolerance = hasHalf([batch]) ? 2e-3 : undefined;
    expectClose(received!, expected[i]!, `batch ${i}: ${engine.name}`, tolerance);
    for (const [j, variable] of [...program.updates.keys()].entries()) variable.assign(updates[j]!);
  }
  for (const [i, { value }] of metric.variables.entries())
    expectClose(value, state[i]!, `variable ${i}: ${engine.name}`, hasHalf(batches) ? 2e-3 : undefined);
}

function hasHalf(batches: readonly Inputs[]): boolean {
  return batches.some(({ y_pred: given }) => given?.dtype === "float16");
}

function argumentsOf(batch: Inputs, make: (record: TensorRecord) => Numeric): unknown[] {
  const [first, second, weights, mask] = [
    batch.values ?? batch.y_true,
    batch.y_pred,
    batch.sample_weight,
    batch.mask,
  ].map((record) => record && make(record));
  if (mask) setMask(second!, mask);
  const tensors = second ? [first, second] : [first];
  return weights ? [...tensors, { sample_weight: weights }] : tensors;
}
