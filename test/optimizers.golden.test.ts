import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../src/engines/reference/index.ts";
import { withDialect } from "../src/fields/writing.ts";
import { stringifyPythonJson } from "../src/json/stringify.ts";
import type { LearningRateSchedule, Optimizer } from "../src/optimizers/index.ts";
import { classes } from "../src/optimizers/index.ts";
import type { Variable } from "../src/program/variable.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { Registry } from "../src/registry/registry.ts";
import { serialize } from "../src/registry/serialize.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import {
  built,
  type GoldenOptimizer,
  gradientsOf,
  optimizers,
  revive,
  schedules,
  tensorOf,
  UPDATES,
} from "./golden-optimizers.ts";
import { noteFor, textAspect } from "./tried.ts";

beforeAll(useReference);

/** The public name of what a text is of. */
function nameOf({ config_text: text }: { readonly config_text: string }): string {
  const { module, class_name: name } = JSON.parse(text) as { module: string; class_name: string };
  return `${module.replace("keras.", "")}.${name}`;
}

/** The public names of what a text is of, and of the functions that read and write it. */
function readAndWritten(record: { readonly config_text: string }): string[] {
  const name = nameOf(record);
  const module = name.slice(0, name.lastIndexOf("."));
  return [name, `${module}.deserialize`, `${module}.serialize`];
}

const registry = new Registry(classes);
const label = <T extends { id: string; version: string }>(record: T) => ({
  ...record,
  label: `${record.version} ${record.id}`,
});
const cases = optimizers.map(label);
const scheduled = schedules.map(label);

/** Lists of floats of which JSON alone does not say that they are. */
const NOT_WRITTEN_ALIKE = /"(boundaries|values)": \[[^\]]*\b\d+\.0\b/;

describe("texts of Keras", () => {
  it("are there", () => {
    expect(cases.length).toBeGreaterThan(120);
    expect(scheduled.length).toBeGreaterThan(30);
  });

  it.for([...cases, ...scheduled])("$label is read and written to the character", (record, context) => {
    noteFor(context, ...readAndWritten(record))(textAspect(record.version), () =>
      expect(stringifyPythonJson(serialize(revive(record)))).toBe(record.config_text),
    );
  });

  it.for([...cases, ...scheduled].filter(({ config_text: text }) => !NOT_WRITTEN_ALIKE.test(text)))(
    "$label is written alike when it was not read from a text",
    (record, context) => {
      const { config_text: text, dialect } = record;
      const made = deserialize(JSON.parse(text), { registry, dialect });
      noteFor(context, nameOf(record))("made here", () =>
        expect(withDialect(dialect, () => stringifyPythonJson(serialize(made)))).toBe(text),
      );
    },
  );
});

/** The name that a variable without one gets goes on counting. */
const pathOf = ({ path }: { path: string }) => path.replace(/^variable(_\d+)?$/, "variable");

/** How far numbers are from what they should be, in units in the last place of the largest. */
function distance(found: Tensor, wanted: Tensor): number {
  const [a, b] = [found, wanted].map((tensor) => Array.from(toNumbers(tensor) as ArrayLike<number>));
  const bits = { float16: 10, bfloat16: 7 }[found.dtype as string] ?? 23;
  const largest = Math.max(...b!.map(Math.abs), 2 ** -20);
  const unit = 2 ** (Math.floor(Math.log2(largest)) - bits);
  return Math.max(
    ...a!.map((x, i) => (Object.is(x, b![i]) || x === b![i] ? 0 : Math.abs(x - b![i]!) / unit)),
  );
}

const expectClose = (
  variables: readonly Variable[],
  wanted: readonly (readonly (number | string)[])[],
  most: number,
) => {
  expect(variables.length).toBe(wanted.length);
  for (const [i, variable] of variables.entries()) {
    const far = distance(variable.value, tensorOf(wanted[i]!, variable));
    expect(far, variable.path).toBeLessThanOrEqual(most);
  }
};

describe("ten updates", () => {
  it.for(cases)("$label", (record, context) => {
    const note = noteFor(context, nameOf(record));
    const { optimizer, variables } = built(record);
    note("weights", () =>
      expect(
        optimizer.variables.map((each) => ({ path: pathOf(each), shape: each.shape, dtype: each.dtype })),
      ).toEqual(record.variables.map((each) => ({ ...each, path: pathOf(each) }))),
    );
    note("values", () => expectUpdates(record, optimizer, variables));
    expect(stringifyPythonJson(serialize(optimizer))).toBe(record.config_text_after);
  });

  function expectUpdates(record: GoldenOptimizer, optimizer: Optimizer, variables: Variable[]): void {
    const values = record.values!;
    for (let step = 0; step < UPDATES; step++) {
      optimizer.apply(gradientsOf(record, step), variables);
      expectClose(variables, values[step]!, 4);
    }
    expectClose(optimizer.variables, values[UPDATES]!, 4);
    if (values.length > UPDATES + 1) {
      optimizer.finalizeVariableValues(variables);
      expectClose(variables, values[UPDATES + 1]!, 4);
    }
  }
});

describe("learning rates", () => {
  it.for(scheduled)("$label", (record, context) => {
    const schedule = revive<LearningRateSchedule>(record);
    const rates = record.steps.map((step) => toNumbers(schedule.call(step) as Tensor)[0]!);
    noteFor(context, nameOf(record))("values", () => {
      for (const [i, rate] of rates.entries()) {
        const wanted = record.values![i]!;
        expect(Math.abs(Number(rate) - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * 2 ** -22 + 1e-9);
      }
    });
  });
});
