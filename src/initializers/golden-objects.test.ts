import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { noteFor, textAspect } from "../../test/tried.ts";
import { type Constraint, classes as constraintClasses, getConstraint } from "../constraints/index.ts";
import { type DTypePolicy, classes as policyClasses } from "../dtype-policies/index.ts";
import { useReference } from "../engines/reference/index.ts";
import { withDialect } from "../fields/writing.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import type { Configurable } from "../registry/configurable.ts";
import { deserialize } from "../registry/deserialize.ts";
import { Registry } from "../registry/registry.ts";
import { serialize } from "../registry/serialize.ts";
import { getRegularizer, type Regularizer, classes as regularizerClasses } from "../regularizers/index.ts";
import { fromNumbers, toNumbers } from "../tensor/cast.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { classes, getInitializer, IdentityInitializer, type Initializer } from "./index.ts";

interface Summary {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly first: readonly number[];
  readonly sum: number;
}

interface GoldenObject {
  readonly kind: "initializer" | "regularizer" | "constraint" | "dtype_policy" | "activation";
  readonly id?: string;
  readonly identifier?: string;
  readonly config_text: string | null;
  readonly values?: readonly unknown[];
  readonly name?: string;
  readonly compute_dtype?: string;
  readonly variable_dtype?: string;
}

const registry = new Registry([...classes, ...regularizerClasses, ...constraintClasses, ...policyClasses]);

const VERSIONS = [
  ["3.6", 306],
  ["3.15", 315],
] as const;

function objectsIn(path: string): GoldenObject[] {
  const text = readFileSync(new URL(`../../golden/${path}`, import.meta.url), "utf8");
  return (JSON.parse(text) as { objects: GoldenObject[] }).objects;
}

const records = VERSIONS.flatMap(([version, dialect]) => {
  return ["objects", "newer_objects"]
    .flatMap((name) => objectsIn(`${version}/${name}.json`))
    .filter(({ kind }) => kind !== "activation")
    .map((object) => ({
      ...object,
      version,
      dialect,
      label: `${version} ${object.id ?? object.identifier}`,
    }));
});

const modules = { I: "initializers", R: "regularizers", C: "constraints", D: "dtype_policies" } as const;

/** The public names of what a record is of, and of the functions that read and write it. */
function readAndWritten(record: { readonly id?: string }): string[] {
  const name = nameOf(record);
  const module = name.slice(0, name.indexOf("."));
  return [name, `${module}.deserialize`, `${module}.serialize`];
}

/** The public name of what a record is of, from the expression that made it. */
function nameOf({ id }: { readonly id?: string }): string {
  return id!.replace(
    /^(\w)\.(\w+).*$/,
    (_, letter: keyof typeof modules, name) => `${modules[letter]}.${name}`,
  );
}

const read = (text: string, dialect: number) => deserialize(parsePythonJson(text), { registry, dialect });

/** Floats that Python has as ints. */
const NOT_WRITTEN_ALIKE = /"(value|minval|mean|scale|gain|min_value)": -?\d+[,}]/;

beforeAll(useReference);

describe("texts of Keras", () => {
  it("are there", () => {
    expect(records.length).toBeGreaterThan(180);
  });

  it.for(records.filter(({ id }) => id))("$label is read and written to the character", (record, context) => {
    const { config_text, dialect, version } = record;
    noteFor(context, ...readAndWritten(record))(textAspect(version), () =>
      expect(stringifyPythonJson(serialize(read(config_text!, dialect)))).toBe(config_text),
    );
  });

  it.for(records.filter(({ id, config_text }) => id && !NOT_WRITTEN_ALIKE.test(config_text!)))(
    "$label is written alike when it was not read from a text",
    (record, context) => {
      const { config_text, dialect } = record;
      const made = deserialize(JSON.parse(config_text!), { registry, dialect });
      noteFor(context, nameOf(record))("made here", () =>
        expect(withDialect(dialect, () => stringifyPythonJson(serialize(made)))).toBe(config_text),
      );
    },
  );
});

/** Keras gives its base classes names, too; STFT has no string here, to keep it out of programs without it. */
const NOT_NAMES = /^(initializer|regularizer|constraint|stft|stft_?initializer)$/i;
const getters: Record<string, (identifier: string) => Configurable | null> = {
  initializer: getInitializer,
  regularizer: getRegularizer,
  constraint: getConstraint,
};

describe("identifiers", () => {
  it.for(
    records.filter(({ identifier, config_text }) => identifier && config_text && !NOT_NAMES.test(identifier)),
  )("$label stands for what it stands for in Keras", (record, context) => {
    const { kind, identifier, config_text, dialect, version } = record;
    noteFor(context, `${kind}s.get`)(textAspect(version), () => {
      const made = getters[kind]!(identifier!);
      const text = withDialect(dialect, () => stringifyPythonJson(serialize(made)));
      expect(text).toBe(config_text);
    });
  });
});

function make({ id, config_text, dialect }: (typeof records)[number]): Initializer {
  const gain = /^I\.Identity.*gain=([\d.]+)/.exec(id ?? "");
  if (gain) return new IdentityInitializer({ gain: Number(gain[1]) });
  return read(config_text!, dialect) as Initializer;
}

function expectClose(found: ArrayLike<number>, wanted: readonly number[], tolerance: number) {
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries())
    expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(tolerance);
}

describe("values of initializers", () => {
  const cases = records
    .filter(({ kind, values }) => kind === "initializer" && values)
    .flatMap((record) =>
      (record.values as readonly Summary[]).map((value) => ({
        ...record,
        value,
        text: `${value.dtype} ${value.shape}`,
      })),
    );

  it("are there", () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.for(cases)("$label $text", (record, context) => {
    noteFor(context, nameOf(record))(
      /seed|Random|Normal|Uniform|Scaling/.test(record.id!) ? "randomness" : "values",
      () => checkValues(record),
    );
  });

  function checkValues(record: (typeof cases)[number]): void {
    const { dtype, shape, first, sum } = record.value;
    const made = make(record).create(shape, dtype);
    expect([made.dtype, made.shape]).toEqual([dtype, shape]);
    const numbers = Array.from(toNumbers(made) as ArrayLike<number>);
    const wanted = Array.from(toNumbers(fromNumbers(dtype, [first.length], first)) as ArrayLike<number>);
    const largest = Math.max(...numbers.map(Math.abs));
    // Orthogonal matrices come from sums whose order is not Keras's, kernels of Fourier transforms from its float32 cosines.
    const tolerance = /Orthogonal|STFT/.test(record.config_text!) ? 1e-6 * largest : 0;
    expectClose(numbers.slice(0, 8), wanted, tolerance);
    const total = numbers.reduce((partial, value) => partial + value, 0);
    expectClose([total], [sum], (tolerance + 1e-12 * largest) * numbers.length);
  }
});

interface Call {
  readonly input: TensorRecord;
  readonly output: TensorRecord;
}

describe("values of regularizers and constraints", () => {
  const calls = records
    .filter(({ kind, values }) => kind !== "initializer" && values)
    .flatMap((record) =>
      (record.values as readonly Call[]).map((call) => ({ ...record, call, text: `${call.input.shape}` })),
    );

  it("are there", () => {
    expect(calls.length).toBeGreaterThan(50);
  });

  it.for(calls)("$label on ($text)", (record, context) => {
    noteFor(context, nameOf(record))("values", () => checkCall(record));
  });

  function checkCall({ config_text, dialect, call }: (typeof calls)[number]): void {
    const object = read(config_text!, dialect) as Regularizer | Constraint;
    const output = object.call(recordTensor(call.input)) as Tensor;
    const wanted = recordTensor(call.output);
    expect([output.dtype, output.shape]).toEqual([wanted.dtype, wanted.shape]);
    const numbers = Array.from(toNumbers(wanted) as ArrayLike<number>);
    expectClose(toNumbers(output), numbers, 4 * 2 ** -23 * Math.max(...numbers.map(Math.abs)));
  }
});

describe("properties of dtype policies", () => {
  it.each(records.filter(({ kind }) => kind === "dtype_policy"))("$label", (record) => {
    const policy = read(record.config_text!, record.dialect) as DTypePolicy;
    expect(policy.name).toBe(record.name);
    if (record.compute_dtype === undefined) return;
    expect([policy.computeDtype, policy.variableDtype]).toEqual([
      record.compute_dtype,
      record.variable_dtype,
    ]);
  });
});
