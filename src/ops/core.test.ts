import { expect, it } from "vitest";
import { Builder } from "../program/builder.ts";
import { Value } from "../program/value.ts";
import { fromNested } from "../tensor/create.ts";
import { add, stopGradient } from "./index.ts";

it("stopGradient leaves an instruction where something needs its result, and none of numbers", () => {
  const builder = new Builder();
  const x = builder.input({ shape: [null, 2], dtype: "float32" });
  const sum = add(stopGradient(x), stopGradient(fromNested([1.5, 2.5]))) as Value;
  stopGradient(sum);
  const { instructions } = builder.finish([sum]);
  expect(instructions.map(({ primitive }) => primitive)).toEqual(["stop_gradient", "add"]);
});

it("stopGradient gives the shape and dtype it is given", () => {
  expect(stopGradient(new Value([null, 3], "int32"))).toEqual(new Value([null, 3], "int32"));
});
