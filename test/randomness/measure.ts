import { readFileSync } from "node:fs";
import { builtins } from "../../src/builtins.ts";
import { type Dialect, parseDialect } from "../../src/dialects/version.ts";
import type { Engine } from "../../src/engines/engine.ts";
import { onnxruntime } from "../../src/engines/onnxruntime/index.ts";
import { reference, useReference } from "../../src/engines/reference/index.ts";
import * as initializers from "../../src/initializers/index.ts";
import type { JsonObject } from "../../src/json/json.ts";
import { parsePythonJson } from "../../src/json/parse.ts";
import * as layers from "../../src/layers/index.ts";
import { Layer } from "../../src/layers/layer.ts";
import { Builder } from "../../src/program/builder.ts";
import { runCalling } from "../../src/program/calling.ts";
import type { Numeric } from "../../src/program/emit.ts";
import type { Value } from "../../src/program/value.ts";
import * as random from "../../src/random/index.ts";
import { deserialize } from "../../src/registry/deserialize.ts";
import { fromNumbers } from "../../src/tensor/create.ts";
import { arrayType, type DType, isFloat } from "../../src/tensor/dtype.ts";
import { Tensor } from "../../src/tensor/tensor.ts";
import { camelCase } from "../../tools/exported-names.ts";
import { choosing } from "../choosing.ts";
import { recordTensor, type TensorRecord } from "../formula.ts";
import { distance } from "./distance.ts";

/** How something was drawn: at once, or by a program that one of the engines ran. */
export const ways = ["at once", "by a program", "by a program on ONNX Runtime"] as const;
type Way = (typeof ways)[number];

/** For each way how far the numbers are from Keras's, in units in the last place. */
export type Distances = Partial<Record<Way, number>>;

interface ThingRecord {
  readonly id: string;
  readonly config_text: string;
  readonly inputs?: readonly TensorRecord[];
  readonly choices?: readonly number[];
  readonly outputs: readonly TensorRecord[];
}

interface FunctionRecord {
  readonly function: string;
  readonly x?: {
    readonly values: readonly unknown[];
    readonly dtype: DType;
    readonly shape: readonly number[];
  };
  readonly arguments: readonly unknown[];
  readonly options: { readonly seed: number };
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly drawn: readonly [string, string, string];
}

const engines: readonly (readonly [Way, Engine])[] = [
  ["by a program", reference],
  ["by a program on ONNX Runtime", onnxruntime({ package: "onnxruntime-node" })],
];
const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

/** All that draws numbers, by name, and how far they are. */
export async function measure(): Promise<ReadonlyMap<string, Distances>> {
  useReference();
  const rows = new Map<string, Distances>();
  const add = (name: string, way: Way, units: number): void => {
    const before = rows.get(name) ?? {};
    rows.set(name, { ...before, [way]: Math.max(units, before[way] ?? 0) });
  };
  for (const record of read("src/random/random.golden.json").cases as FunctionRecord[]) {
    const suffix = isFloat(record.dtype) && record.dtype !== "float32" ? ` (${record.dtype})` : "";
    await measureFunction(record, (way, units) => add(`random.${record.function}${suffix}`, way, units));
  }
  for (const version of ["3.6", "3.15"]) {
    const dialect = parseDialect(version)!;
    for (const record of withOutputs(version)) {
      const [name = ""] = record.id.split(" ");
      const thing = made(record, dialect);
      if (thing instanceof initializers.Initializer) add(name, "at once", drawnBy(record, dialect));
      else if (thing instanceof Layer) {
        await measureLayer(record, dialect, (way, units) => add(name, way, units));
      }
    }
  }
  return rows;
}

/** The records of a version; a newer one leaves out what is as in the older. */
function withOutputs(version: string): ThingRecord[] {
  const older = new Map(
    (read("golden/3.6/randomness.json").cases as ThingRecord[]).map((each) => [each.id, each]),
  );
  return (read(`golden/${version}/randomness.json`).cases as ThingRecord[]).map((each) => ({
    ...each,
    outputs: each.outputs ?? older.get(each.id)!.outputs,
  }));
}

/** What a record is about; null where that is no class here. */
function made({ id, config_text: text }: ThingRecord, dialect: Dialect): unknown {
  const envelope = parsePythonJson(text) as JsonObject & { config: JsonObject };
  // Some classes of Keras leave their seed out of their configs.
  envelope.config.seed ??= Number(id.split(" ").at(-1));
  if (!(String(envelope.class_name) in { ...initializers, ...layers })) return null;
  return deserialize(envelope, { registry: builtins, dialect });
}

function drawnBy(record: ThingRecord, dialect: Dialect): number {
  const distances = record.outputs.map((output) => {
    const initializer = made(record, dialect) as initializers.Initializer;
    return distance(initializer.create(output.shape, output.dtype as never), recordTensor(output));
  });
  return Math.max(...distances);
}

type Report = (way: Way, units: number) => void;

/** A layer draws twice, one call after the other. */
async function measureLayer(record: ThingRecord, dialect: Dialect, report: Report): Promise<void> {
  const inputs = record.inputs!.map(recordTensor);
  const wanted = record.outputs.map(recordTensor);
  const twice = (layer: Layer, given: readonly Numeric[]) =>
    wanted.map(() => choosing(record.choices, () => layer.invoke(given, { training: true }) as Numeric));
  const drawn = twice(made(record, dialect) as Layer, inputs) as Tensor[];
  report("at once", furthest(drawn, wanted));
  for (const [way, engine] of engines) {
    const builder = new Builder();
    const given = inputs.map(({ shape, dtype }) =>
      builder.input({ shape: [null, ...shape.slice(1)], dtype }),
    );
    const layer = made(record, dialect) as Layer;
    const outputs = runCalling({ within: { builder } }, () => twice(layer, given)) as Value[];
    report(way, furthest(await run(engine, builder, outputs, inputs), wanted));
  }
}

/** A function draws after a number, and twice after a generator. */
async function measureFunction(record: FunctionRecord, report: Report): Promise<void> {
  const { function: name, x, options, dtype, shape, drawn } = record;
  const call = (random as unknown as Readonly<Record<string, (...all: unknown[]) => Numeric>>)[
    camelCase(name)
  ]!;
  const wanted = drawn.map((hex) => {
    const { buffer } = Uint8Array.from(Buffer.from(hex, "hex"));
    return new Tensor(dtype, shape, new (arrayType(dtype))(buffer as never));
  });
  const input = x && fromNumbers(x.dtype, x.shape, x.values.flat(3) as number[]);
  const draw = (seed: unknown, given: Numeric | undefined) =>
    call(...(given ? [given] : []), ...record.arguments, { ...options, seed });
  const generator = new random.SeedGenerator({ seed: options.seed });
  report(
    "at once",
    furthest([options.seed, generator, generator].map((seed) => draw(seed, input)) as Tensor[], wanted),
  );
  for (const [way, engine] of engines) {
    const builder = new Builder();
    const seeds = new random.SeedGenerator({ seed: options.seed });
    const given = input && builder.input(input);
    const outputs = runCalling({ within: { builder } }, () => [
      draw(seeds, given),
      draw(seeds, given),
    ]) as Value[];
    report(way, furthest(await run(engine, builder, outputs, input ? [input] : []), wanted.slice(1)));
  }
}

async function run(
  engine: Engine,
  builder: Builder,
  outputs: readonly Value[],
  inputs: readonly Tensor[],
): Promise<Tensor[]> {
  const executable = await engine.compile(builder.finish(outputs));
  const results = await executable.run(inputs);
  await executable.dispose();
  return results.slice(0, outputs.length);
}

function furthest(received: readonly Tensor[], wanted: readonly Tensor[]): number {
  return Math.max(...wanted.map((each, i) => distance(received[i]!, each)));
}
