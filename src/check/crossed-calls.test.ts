import { expect, it } from "vitest";
import type { JsonObject } from "../json/json.ts";
import { crossedModels } from "./crossed-calls.ts";

type History = [layer: string, call: number, output: number];

/** A layer whose calls take these tensors each; with an id, that of one that others are too. */
function dense(name: string, calls: History[], id?: number): JsonObject {
  return entry("Dense", name, {}, calls, id);
}

function entry(
  className: string,
  name: string,
  config: JsonObject,
  calls: History[],
  id?: number,
): JsonObject {
  const nodes = calls.map((history) => ({
    args: [{ class_name: "__keras_tensor__", config: { keras_history: history } }],
    kwargs: {},
  }));
  const shared: JsonObject = id === undefined ? {} : { shared_object_id: id };
  return { class_name: className, name, config, inbound_nodes: nodes, ...shared };
}

const input = (name: string) => entry("InputLayer", name, {}, []);

function functional(
  name: string,
  layers: JsonObject[],
  inputs: History,
  outputs: History,
  calls: History[] = [],
) {
  return entry("Functional", name, { name, layers, input_layers: [inputs], output_layers: [outputs] }, calls);
}

const inner = (calls: History[], d = dense("d", [["x", 0, 0]], 7)) =>
  functional("inner", [input("x"), d], ["x", 0, 0], ["d", 0, 0], calls);

/** What Keras 3.6 and 3.15.1 do with files of such models. */
it.each<[string, JsonObject, string[]]>([
  [
    "a layer that is called in a model inside, too",
    functional(
      "outer",
      [input("y"), dense("d", [["y", 0, 0]], 7), inner([["d", 0, 0]])],
      ["y", 0, 0],
      ["inner", 1, 0],
    ),
    ["outer"],
  ],
  [
    "one that a Sequential has, too",
    functional(
      "outer",
      [
        input("y"),
        entry("Sequential", "s", { name: "s", layers: [input("x"), dense("d", [], 7)] }, [["d", 0, 0]]),
        dense("d", [["y", 0, 0]], 7),
      ],
      ["y", 0, 0],
      ["s", 0, 0],
    ),
    ["outer"],
  ],
  [
    "one that is another one",
    functional(
      "outer",
      [input("y"), dense("d", [["y", 0, 0]]), inner([["d", 0, 0]])],
      ["y", 0, 0],
      ["inner", 1, 0],
    ),
    [],
  ],
  [
    "one that is called several times, by calls that come out of order",
    functional(
      "outer",
      [
        input("y"),
        dense("e", [["d", 1, 0]]),
        dense("d", [
          ["y", 0, 0],
          ["f", 0, 0],
        ]),
        dense("f", [["d", 0, 0]]),
      ],
      ["y", 0, 0],
      ["e", 0, 0],
    ),
    [],
  ],
  [
    "a graph of calls that are not there",
    functional("m", [dense("d", [["e", 0, 0]])], ["x", 0, 0], ["d", 0, 0]),
    [],
  ],
  ["what is no graph", { config: { layers: 3 } }, []],
])("%s", (_, model, expected) => {
  expect(crossedModels(model)).toEqual(expected);
});
