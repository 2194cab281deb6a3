import { describe, expect, it } from "vitest";
import { builtins } from "../../src/builtins.ts";
import { parsePythonJson } from "../../src/index.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { deserialize } from "../../src/registry/deserialize.ts";
import { recordTensor } from "../formula.ts";
import { goldenObjects } from "../golden-custom.ts";
import { type LayerRecord, layerFiles } from "../golden-layers.ts";
import { junk, rawErrors } from "./junk.fixture.ts";

/** A case of each class of layers, the newest Keras's where 3.6 has none. */
const records = new Map<string, LayerRecord>();
for (const version of ["3.6", "3.15"])
  for (const { name, cases } of layerFiles(version)) {
    const first = cases.find(({ inputs }) => inputs) ?? cases[0];
    if (first && !records.has(name)) records.set(name, first);
  }

type ByHand = Record<"build" | "call" | "computeMask", (...args: unknown[]) => unknown>;

function made({ config_text }: LayerRecord): Layer & ByHand {
  const registry = builtins.with(goldenObjects);
  return deserialize(parsePythonJson(config_text), { registry }) as Layer & ByHand;
}

/** What a layer does with junk: it is built for it, and called on it, on tensors with junk beside, built and not built. */
async function rawIn(record: LayerRecord): Promise<string[]> {
  const raw: string[] = [];
  const inputs = record.inputs?.map(recordTensor) ?? [];
  const honest = record.call ? substituted(record.call.args[0], inputs) : inputs[0];
  for (const [shown, thing] of junk) {
    const use = async (what: string, run: (layer: Layer & ByHand) => unknown) => {
      raw.push(...(await rawErrors(`${what} ${shown}`, () => run(made(record)))));
    };
    await use("build", (layer) => layer.build(thing));
    await use("build with", (layer) => layer.build([2, 3], thing));
    await use("call", (layer) => layer.call(thing));
    await use("call with", (layer) => layer.call(honest, thing));
    await use("computeMask of", (layer) => layer.computeMask(thing, null));
    await use("computeMask", (layer) => layer.computeMask(honest, thing));
    await use("computeMask with", (layer) => layer.computeMask(honest, null, thing));
    for (const name of made(record).constructor.signature.names.slice(1))
      await use(`call with ${name}`, (layer) => layer.call(honest, { [name]: thing }));
  }
  return raw;
}

function substituted(argument: unknown, inputs: readonly unknown[]): unknown {
  if (Array.isArray(argument)) return argument.map((item) => substituted(item, inputs));
  const place = (argument as { $input?: number } | null)?.$input;
  return place === undefined ? argument : inputs[place];
}

describe("build and call by hand say in words what is wrong", () => {
  it.each([...records])("%s", async (_, record) => {
    expect((await rawIn(record)).join("\n")).toBe("");
  });
});
