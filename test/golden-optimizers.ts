import { readFileSync } from "node:fs";
import { NonNeg } from "../src/constraints/index.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { classes, type Optimizer } from "../src/optimizers/index.ts";
import { Variable } from "../src/program/variable.ts";
import { deserialize } from "../src/registry/deserialize.ts";
import { Registry } from "../src/registry/registry.ts";
import { fromNumbers } from "../src/tensor/cast.ts";
import type { DType } from "../src/tensor/dtype.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";

type Numbers = readonly (number | string)[];

export interface GoldenOptimizer {
  readonly id: string;
  readonly config_text: string;
  readonly config_text_after: string;
  readonly trained: readonly (TensorRecord & { readonly path: string })[];
  readonly variables: readonly { path: string; shape: readonly number[]; dtype: DType }[];
  readonly exclude?: readonly string[];
  readonly without?: readonly number[];
  readonly infinite?: readonly number[];
  readonly constrained?: boolean;
  /** The variables after each update, what is kept after the last, and the variables when that is finalized. */
  readonly values?: readonly (readonly Numbers[])[];
  readonly version: string;
  readonly dialect: number;
}

export interface GoldenSchedule {
  readonly id: string;
  readonly config_text: string;
  readonly steps: readonly number[];
  readonly values?: readonly number[];
  readonly version: string;
  readonly dialect: number;
}

export const UPDATES = 10;

const VERSIONS = [
  ["3.6", 306],
  ["3.15", 315],
] as const;

function read<T extends { id: string; values?: unknown }>(name: string): T[] {
  const values = new Map<string, unknown>();
  return VERSIONS.flatMap(([version, dialect]) => {
    const url = new URL(`../golden/${version}/${name}.json`, import.meta.url);
    const found = JSON.parse(readFileSync(url, "utf8")) as Record<string, T[]>;
    return found[name]!.map((record) => {
      if (record.values) values.set(record.id, record.values);
      return { ...record, values: values.get(record.id), version, dialect };
    });
  });
}

export const optimizers = read<GoldenOptimizer>("optimizers");
export const schedules = read<GoldenSchedule>("schedules");

const registry = new Registry(classes);

export function revive<T>({ config_text, dialect }: { config_text: string; dialect: number }): T {
  return deserialize(parsePythonJson(config_text), { registry, dialect }) as T;
}

/** The variables that a case trains, as they are at first. */
export function variablesOf({ trained, constrained }: GoldenOptimizer): Variable[] {
  return trained.map((record, i) => {
    const name = record.path.split("/").at(-1)!;
    const constraint = constrained && i === 0 ? new NonNeg() : null;
    const { shape, dtype } = record;
    const made = new Variable({ name, shape, dtype, constraint, initialize: () => recordTensor(record) });
    made.path = record.path;
    return made;
  });
}

/** The gradients of one step. */
export function gradientsOf(
  { trained, without, infinite }: GoldenOptimizer,
  step: number,
): (Tensor | null)[] {
  return trained.map(({ dtype, shape }, i) => {
    if (without?.includes(i)) return null;
    const gradient = recordTensor({ k: 100 + step * 10 + i, dtype, shape, scale: 1, offset: 0 });
    if (i === 0 && infinite?.includes(step)) gradient.data[0] = Number.POSITIVE_INFINITY;
    return gradient;
  });
}

/** An optimizer that is built as the case says, and the variables it is built for. */
export function built(record: GoldenOptimizer): { optimizer: Optimizer; variables: Variable[] } {
  const optimizer = revive<Optimizer>(record);
  const variables = variablesOf(record);
  if (record.exclude) optimizer.excludeFromWeightDecay({ var_names: record.exclude });
  optimizer.build(variables);
  return { optimizer, variables };
}

export function tensorOf(numbers: Numbers, { dtype, shape }: Variable): Tensor {
  return fromNumbers(dtype, shape, numbers.map(Number));
}
