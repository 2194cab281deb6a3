import { describe, expect, it } from "vitest";
import { ConfigError, ModelError, ShapeError } from "../errors.ts";
import { Dense, Input } from "../layers/index.ts";
import { Dot } from "../layers/merging/dot.ts";
import { Sequential } from "../models/sequential.ts";
import { add } from "../ops/index.ts";
import { placeOf } from "./graph.ts";

describe("where an operation is, for messages", () => {
  const dense = new Dense({ units: 1, name: "dense" });
  const sum = add(Input({ shape: [1] }), 1).node!.operation;
  sum.name = "add";

  it.each([
    ["a layer", dense, 'layer "dense"'],
    ["a model", new Sequential([], { name: "m" }), 'model "m"'],
    ["any other operation", sum, 'operation "add"'],
    ["a name with a quote", new Sequential([], { name: 'a "b"' }), 'model "a \\"b\\""'],
  ])("%s", (_, operation, place) => {
    expect(placeOf(operation)).toBe(place);
  });

  it.each([
    ["a model", () => new Sequential([], { name: "m" }).pop(), ModelError, 'model "m"'],
    ["a layer", () => dense.setWeights([1] as never), ModelError, 'layer "dense"'],
    ["its shapes", () => dense.apply(Input({ shape: [null] })), ShapeError, 'layer "dense"'],
    [
      "a place inside",
      () => new Dot({ axes: 3, name: "dot" }).apply([Input({ shape: [2] }), Input({ shape: [2] })]),
      ConfigError,
      'layer "dot".axes',
    ],
  ])("is the path of a problem with %s", (_, work, Kind, path) => {
    expect(work).toThrow(expect.objectContaining({ constructor: Kind, path }));
  });
});
