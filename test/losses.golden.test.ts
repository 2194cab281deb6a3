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
import { parsePythonJson } from "../src/json/parse.ts";
import { stringifyPythonJson } from "../src/json/stringify.ts";
import type { TruthFunction } from "../src/losses/function.ts";
import { lossFunctions } from "../src/losses/functions/table.ts";
import * as losses from "../src/losses/index.ts";
import * as metrics from "../src/metrics/index.ts";
import { Builder } from "../src/program/builder.ts";
import type { Numeric } from "../src/program/emit.ts";
import type { Value } from "../src/program/value.ts";
import { copyObject } from "../src/registry/configurable.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { isClass } from "../src/registry/registry.ts";
import { serialize } from "../src/registry/serialize.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import { type Note, noteFor, textAspect } from "./tried.ts";

useReference();
const ort = onnxruntime({ package: "onnxruntime-node" });

interface Call {
  readonly y_true: TensorRecord;
  readonly y_pred: TensorRecord;
  readonly sample_weight?: TensorRecord;
  readonly mask?: TensorRecord;
  readonly output: TensorRecord;
}

interface LossRecord {
  readonly kind: "loss" | "loss_function" | "loss_identifier" | "metric_function";
  readonly id: string;
  readonly name: string;
  readonly options: object;
  readonly config_text: string;
  readonly values?: readonly Call[];
}

/** What 3.6 makes NaN of in half precision, where a mask leaves nothing: it is 0 here, as in newer versions. */
const NOT_A_NUMBER = /^MeanSquaredError\(dtype='(mixed_)?float16'\)$/;

function mended(record: LossRecord, version: string): LossRecord {
  if (version !== "3.6" || !NOT_A_NUMBER.test(record.id)) return record;
  const right = ({ output, ...call }: Call) => ({
    ...call,
    output: { ...output, values: output.values!.map((value) => (value === "NaN" ? 0 : value)) },
  });
  return { ...record, values: record.values!.map(right) };
}

/** The functions of keras.metrics by their names in Python. */
const metricFunctions = new Map(
  (Object.values(metrics) as readonly unknown[])
    .filter((each): each is TruthFunction<never> => typeof each === "function" && !isClass(each))
    .map((fn) => [fn.name, fn]),
);

/** The names of a loss function: most are those of metrics, too. */
function namesOf(name: string): string[] {
  const isMetric = metricFunctions.get(name) === lossFunctions[name];
  return isMetric ? [`losses.${name}`, `metrics.${name}`] : [`losses.${name}`];
}

type Run = (yTrue: Numeric, yPred: Numeric, weights: Numeric | null) => Numeric;

const VERSIONS = ["3.6", "3.15"];

function casesOf(path: string): LossRecord[] {
  const text = readFileSync(new URL(`../golden/${path}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: LossRecord[] }).cases;
}

function recordsOf(version: string): LossRecord[] {
  return casesOf(`${version}/losses`).map((record) => mended(record, version));
}

it("every loss of Keras has golden cases", () => {
  const covered = new Set(VERSIONS.flatMap(recordsOf).map(({ name }) => name));
  const names = losses.classes.map(({ className }) => className);
  expect([...names, ...Object.keys(lossFunctions)].filter((name) => !covered.has(name))).toEqual([
    "LossFunctionWrapper", // no public class of Keras
  ]);
});

for (const version of VERSIONS) {
  const dialect = parseDialect(version)!;
  const aspect = textAspect(version);
  const textOf = (object: object) => withDialect(dialect, () => stringifyPythonJson(serialize(object)));
  const read = (text: string) => deserialize(parsePythonJson(text), { registry: builtins, dialect });
  const records = recordsOf(version);
  const of = (kind: string) => records.filter((record) => record.kind === kind);

  describe(`Keras ${version}`, () => {
    it.for(of("loss"))("$id", async ({ name, options, config_text: text, values = [] }, context) => {
      const note = noteFor(context, `losses.${name}`);
      const found = read(text) as losses.Loss;
      noteFor(
        context,
        `losses.${name}`,
        "losses.deserialize",
        "losses.serialize",
      )(aspect, () => expect(textOf(found), "written as read").toBe(text));
      expect(textOf(copyObject(found)), "copied").toBe(text);
      const cls = (losses as unknown as Record<string, new (options: object) => losses.Loss>)[name]!;
      const loss = new cls(options);
      note("made here", () => expect(textOf(loss), "constructed").toBe(text));
      const run: Run = (yTrue, yPred, sample_weight) => loss.apply(yTrue, yPred, { sample_weight });
      await expectValues(run, values, note);
    });

    it.for(of("loss_function"))("$id", async (record, context) => {
      const { name, options, config_text: text, values = [] } = record;
      const note = noteFor(context, ...namesOf(name));
      const fn = lossFunctions[name] as TruthFunction<never>;
      note(aspect, () => expect(textOf(fn)).toBe(text));
      expect(read(text)).toBe(fn);
      await expectValues((yTrue, yPred) => fn(yTrue, yPred, options as never), values, note);
    });

    it.for(casesOf(`${version}/metric_functions`))("metrics.$id", async (record, context) => {
      const { name, options, values = [] } = record;
      const fn = metricFunctions.get(name)!;
      const note = noteFor(context, `metrics.${name}`);
      await expectValues((yTrue, yPred) => fn(yTrue, yPred, options as never), values, note);
    });

    it.for(of("loss_identifier"))("$id", ({ id, config_text: text }, context) => {
      noteFor(context, "losses.get")(aspect, () => {
        const loss = losses.getLoss(id);
        expect(textOf(loss instanceof losses.LossFunctionWrapper ? (loss.fn as object) : loss)).toBe(text);
      });
    });
  });
}

/** Eagerly, then all calls as one Program with open batches on both engines. */
async function expectValues(run: Run, calls: readonly Call[], note: Note): Promise<void> {
  if (calls.length === 0) return; // those of a newer version are there only where they differ
  const outputs = calls.map(({ output }) => recordTensor(output));
  const given = calls.map(inputsOf);
  note("values", () => {
    for (const [i, inputs] of given.entries())
      expectClose(apply(run, inputs) as Tensor, outputs[i]!, `call ${i}: eager`);
  });
  const builder = new Builder();
  const results = given.map((inputs) => {
    const values = inputs.map(
      (input) => input && builder.input({ shape: [null, ...input.shape.slice(1)], dtype: input.dtype }),
    );
    return apply(run, values) as Value;
  });
  const program = builder.finish(results);
  const tensors = given.flat().filter((input) => input !== null);
  const expectOn = async (engine: Engine) => {
    const executable = await engine.compile(program);
    const received = await executable.run(tensors);
    for (const [i, output] of outputs.entries())
      expectClose(received[i]!, output, `call ${i}: ${engine.name}`);
    await executable.dispose();
  };
  await expectOn(reference);
  await note("values on ONNX Runtime", () => expectOn(ort));
}

function inputsOf({ y_true, y_pred, sample_weight, mask }: Call): (Tensor | null)[] {
  return [y_true, y_pred, sample_weight, mask].map((record) => (record ? recordTensor(record) : null));
}

function apply(run: Run, [yTrue, yPred, weights, mask]: readonly (Numeric | null | undefined)[]): Numeric {
  if (mask) setMask(yPred!, mask);
  return run(yTrue!, yPred!, weights ?? null);
}
