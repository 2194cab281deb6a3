import { beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../engines/engine.ts";
import { expectClose } from "../engines/expect-close.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference, useReference } from "../engines/reference/index.ts";
import { Builder } from "../program/builder.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { built, type GoldenOptimizer, gradientsOf, optimizers } from "./golden.fixture.ts";

beforeAll(useReference);

/** One update as a Program on an engine: what variables and slots become, by their order. */
async function onEngine(engine: Engine, record: GoldenOptimizer, step: number): Promise<Tensor[]> {
  const { optimizer, variables } = built(record);
  const builder = new Builder();
  const given = gradientsOf(record, step);
  const inputs = given.map((gradient) => gradient && builder.input(gradient));
  optimizer.apply(inputs, variables);
  const program = builder.finish([]);
  const executable = await engine.compile(program);
  const results = await executable.run(given.flatMap((gradient) => gradient ?? []));
  await executable.dispose();
  for (const [i, variable] of [...program.updates.keys()].entries()) variable.assign(results[i]!);
  return [...variables, ...optimizer.variables].map(({ value }) => value);
}

function atOnce(record: GoldenOptimizer, step: number): Tensor[] {
  const { optimizer, variables } = built(record);
  optimizer.apply(gradientsOf(record, step), variables);
  return [...variables, ...optimizer.variables].map(({ value }) => value);
}

/** Each case once, as the newest version that has it. */
const cases = [...new Map(optimizers.map((record) => [record.id, record])).values()];

describe.each([
  ["the reference engine", () => reference],
  ["ONNX Runtime", () => onnxruntime()],
])("an update inside a Program, on %s", (_, makeEngine) => {
  const engine = makeEngine();

  it.each(cases)("$id", async (record) => {
    const step = record.infinite?.[0] ?? 0;
    const expected = atOnce(record, step);
    const received = await onEngine(engine, record, step);
    for (const [i, tensor] of received.entries()) expectClose(tensor, expected[i]!, `variable ${i}`);
  });
});
