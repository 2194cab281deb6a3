import { beforeAll, describe, it } from "vitest";
import type { Engine } from "../src/engines/engine.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference, useReference } from "../src/engines/reference/index.ts";
import { Builder } from "../src/program/builder.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { built, type GoldenOptimizer, gradientsOf, optimizers } from "./golden-optimizers.ts";
import { noteFor } from "./tried.ts";

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

/** ONNX Runtime rounds to float16 later than after each step: the mean of squares of what is near 0 is another. */
const isRoundedLater = ({ trained }: GoldenOptimizer) => trained[0]?.dtype === "float16";

describe.each([
  ["the reference engine", "values", reference, cases],
  [
    "ONNX Runtime",
    "values on ONNX Runtime",
    onnxruntime(),
    cases.filter((record) => !isRoundedLater(record)),
  ],
] as const)("an update inside a Program, on %s", (_, aspect, engine, tried) => {
  it.for(tried)("$id", async (record, context) => {
    const step = record.infinite?.[0] ?? 0;
    const expected = atOnce(record, step);
    const received = await onEngine(engine, record, step);
    const { class_name: name } = JSON.parse(record.config_text) as { class_name: string };
    noteFor(context, `optimizers.${name}`)(aspect, () => {
      for (const [i, tensor] of received.entries()) expectClose(tensor, expected[i]!, `variable ${i}`);
    });
  });
});
