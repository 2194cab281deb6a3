import { expect, it } from "vitest";
import { Input, tensor } from "../index.ts";
import { Add, Dense } from "../layers/index.ts";
import { getSourceInputs, isKerasTensor } from "./source-inputs.ts";

it("finds the inputs behind a tensor, each once, as Keras walks", () => {
  const [a, b] = [Input({ shape: [2] }), Input({ shape: [2] })];
  const x = new Dense({ units: 2 }).apply(b);
  const y = new Add().apply([x, new Add().apply([a, b])]);
  expect(getSourceInputs(y)).toEqual([b, a]);
  expect(getSourceInputs(a)).toEqual([a]);
});

it("walks graphs as deep as they are", () => {
  const x = Input({ shape: [2] });
  let y = x;
  for (let i = 0; i < 20_000; i++) y = new Add().apply([y, y]);
  expect(getSourceInputs(y)).toEqual([x]);
});

it("tells tensors of graphs from others", () => {
  expect([Input({ shape: [2] }), tensor([1]), null].map(isKerasTensor)).toEqual([true, false, false]);
  expect(() => getSourceInputs(tensor([1]) as never)).toThrow(
    "getSourceInputs: expected a tensor of a graph",
  );
});
