import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { activationClasses } from "../activations/classes.ts";
import { expectClose } from "../engines/expect-close.ts";
import { runProgram, useReference } from "../engines/reference/index.ts";
import { type Dialect, parseDialect, withDialect } from "../fields/dialect.ts";
import { resetNames } from "../graph/naming.ts";
import { flatten, packLike } from "../graph/nested.ts";
import type { JsonObject } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import { Functional } from "../models/functional.ts";
import { Builder } from "../program/builder.ts";
import type { Value } from "../program/value.ts";
import { deserialize } from "../registry/deserialize.ts";
import { Registry } from "../registry/registry.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { opClasses } from "./classes.ts";

interface Case {
  readonly id: string;
  readonly config_text: string;
  readonly inputs: readonly TensorRecord[];
  readonly output_spec: readonly { readonly shape: readonly (number | null)[]; readonly dtype: string }[];
  readonly outputs?: readonly TensorRecord[];
}

const registry = new Registry([Functional, InputLayer, ...opClasses, ...activationClasses] as never);

/** Operations that read as opaque or not at all, because nothing here computes them. */
const MISSING = /ops\.(inv|cholesky|det|image\.resize)\(/;

function casesOf(version: string): Case[] {
  const text = readFileSync(new URL(`../../golden/${version}/ops.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: Case[] }).cases.filter(({ id }) => !MISSING.test(id));
}

function modelOf({ config_text: text }: Case, dialect: Dialect): Functional {
  return deserialize(parsePythonJson(text), { registry, dialect }) as Functional;
}

/** The model's outputs, computed through a Program with an open batch. */
function traced(model: Functional, inputs: readonly Tensor[]): Tensor[] {
  const builder = new Builder();
  const values = model.inputs.map(({ shape, dtype }) => builder.input({ shape, dtype }));
  const outputs = flatten(model.run([packLike(model.inputStructure, values)], {}) as Value);
  return runProgram(builder.finish(outputs), inputs);
}

beforeAll(useReference);

describe.each(["3.6", "3.15"])("Keras %s", (version) => {
  const cases = casesOf(version);
  const dialect = parseDialect(version)!;

  it.each(cases)("$id: the same text", (record) => {
    resetNames();
    const { config } = parsePythonJson(record.config_text) as JsonObject;
    const written = withDialect(dialect, () => modelOf(record, dialect).getConfig());
    expect(stringifyPythonJson(written)).toBe(stringifyPythonJson(config));
  });

  it.each(cases)("$id: the same shapes and dtypes", (record) => {
    const specs = modelOf(record, dialect).outputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
    expect(specs).toEqual(record.output_spec);
  });

  it.each(cases.filter(({ outputs }) => outputs))("$id: the same values", (record) => {
    const inputs = record.inputs.map(recordTensor);
    const outputs = traced(modelOf(record, dialect), inputs);
    for (const [i, output] of outputs.entries()) {
      const expected = recordTensor(record.outputs![i]!);
      const loose = output.dtype.endsWith("float16") ? 1e-2 : 1e-5;
      expectClose(output, expected, `output ${i}`, loose);
    }
  });
});
