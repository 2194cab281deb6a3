import { expect, it } from "vitest";
import { Functional, Input, type Model, Sequential } from "../../index.ts";
import {
  Bidirectional,
  Dense,
  type Layer,
  LSTM,
  LSTMCell,
  RNN,
  TimeDistributed,
} from "../../layers/index.ts";
import { modelToJson } from "../../tf-keras/index.ts";

// Names of layers that Keras 3 takes and TensorFlow does not, as tf.keras 2.9 tells them apart when it calls them.

const dense = (name: string) => new Dense({ units: 1, name });
const x = (name = "x") => Input({ shape: [2, 2], name });
const row = (layer: Layer) => new Sequential([x(), layer], { name: "row" });
const graph = (layer: Layer) => {
  const inputs = x();
  return new Functional({ inputs, outputs: layer.apply(inputs) as never, name: "graph" });
};

it.each<[string, (name: string) => Model, boolean]>([
  ["in a row", (name) => row(dense(name)), false],
  ["in a graph", (name) => graph(dense(name)), false],
  ["a model in a row", (name) => row(new Sequential([dense("d")], { name })), false],
  ["that another one wraps", (name) => row(new TimeDistributed({ layer: dense(name), name: "t" })), true],
  ["in both directions", (name) => row(new Bidirectional({ layer: new LSTM({ units: 1, name }) })), true],
  ["a cell", (name) => row(new RNN({ cell: new LSTMCell({ units: 1, name }) })), true],
  ["a cell of several", (name) => row(new RNN({ cell: [new LSTMCell({ units: 1, name })] })), true],
  ["an input", (name) => new Sequential([x(name), dense("d")]), true],
])("%s", (kind, make, takesUnderscore) => {
  const message = "expected a name that TensorFlow has a scope for";
  expect(() => modelToJson(make("d.1"))).not.toThrow();
  if (takesUnderscore) expect(() => modelToJson(make("_d"))).not.toThrow();
  else expect(() => modelToJson(make("_d"))).toThrow(`layer "_d": ${message}`);
  if (kind === "an input") expect(() => modelToJson(make("a b"))).not.toThrow();
  else expect(() => modelToJson(make("a b"))).toThrow(`layer "a b": ${message}`);
});
