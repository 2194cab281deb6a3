import { expect, it } from "vitest";
import {
  builtins,
  deserialize,
  Functional,
  Input,
  modelFromJson,
  Sequential,
  tensor,
  Variable,
} from "../../src/index.ts";
import { Dense } from "../../src/layers/index.ts";
import { einsum } from "../../src/ops/index.ts";
import { loadModel, memorySource, toBytes } from "../../src/saving/index.ts";
import { expectShowable, garbling, names } from "./names.fixture.ts";

const dense = (config: object) => ({ module: "keras.layers", class_name: "Dense", config });
const read = (json: unknown) => deserialize(json, { registry: builtins });
const small = () => new Sequential([Input({ shape: [3] }), new Dense({ units: 2 })]);

/** Where names and values of others get into messages; each is an error for any of the names. */
const uses: readonly (readonly [string, (name: string) => unknown])[] = [
  ["a class", (name) => read({ ...dense({}), class_name: name })],
  ["a module", (name) => read({ ...dense({}), module: name, class_name: "Foo" })],
  ["a registered name", (name) => read({ ...dense({ units: 1 }), registered_name: name })],
  ["a function", (name) => read({ class_name: "function", config: name })],
  ["a key", (name) => read(dense(JSON.parse(`{"units":1,${JSON.stringify(name)}:1}`)))],
  ["a value", (name) => read(dense({ units: name }))],
  ["an activation", (name) => read(dense({ units: 1, activation: name }))],
  ["a dtype", (name) => read(dense({ units: 1, dtype: name }))],
  [
    "an initializer",
    (name) => read(dense({ units: 1, kernel_initializer: { class_name: name, config: {} } })),
  ],
  ["a layer", (name) => new Dense({ units: 2, name }).apply(3 as never)],
  ["a layer of a config", (name) => read(dense({ units: -1, name }))],
  ["a model", (name) => new Sequential([], { name }).apply(3 as never)],
  [
    "two layers",
    (name) => new Sequential([Input({ shape: [3] }), ...[0, 1].map(() => new Dense({ units: 2, name }))]),
  ],
  [
    "an input",
    (name) => new Functional({ inputs: { [`${name}!`]: Input({ shape: [3] }) }, outputs: [] as never }),
  ],
  ["an option", (name) => new Dense(JSON.parse(`{"units":1,${JSON.stringify(name)}:1}`))],
  ["an option of a function", (name) => small().summary(JSON.parse(`{${JSON.stringify(name)}:1}`))],
  [
    "a variable",
    (name) => new Variable({ name, shape: [2], dtype: "float32", initialize: () => tensor([1]) }).value,
  ],
  ["a dtype of a tensor", (name) => tensor([1], { dtype: name as never })],
  ["an equation", (name) => einsum(tensor([1]), { subscripts: `${name}->bc->` })],
  [
    "a graph's layer",
    (name) =>
      Functional.fromConfig(
        { name: "m", layers: [], input_layers: [[name, 0, 0]], output_layers: [] },
        { registry: builtins },
      ),
  ],
  ["a text", (name) => modelFromJson(name)],
  ["a file", (name) => loadModel(memorySource(new TextEncoder().encode(name)))],
  ["a loaded name", (name) => loadModel(name as never)],
  ["an engine", (name) => small().predict([[1, 2, 3]], { engine: name as never })],
  [
    "a path of weights",
    (name) =>
      toBytes(small()).then((bytes) => loadModel(bytes, { [name === "__proto__" ? "x" : name]: 1 } as never)),
  ],
];

it.each(uses.flatMap(([where, use]) => names.map(([what, name]) => [what, where, name, use] as const)))(
  "%s as the name of %s makes a message that can be shown",
  async (_, __, name, use) => {
    const error = await Promise.resolve()
      .then(() => use(name))
      .catch((thrown: unknown) => thrown);
    expectShowable(error);
  },
);

it.each(names)("%s in a name does nothing to a terminal", (_, name) => {
  const model = new Sequential([Input({ shape: [3] }), new Dense({ units: 2, name })], { name });
  for (const text of [
    model.summary(),
    `${model}`,
    `${model.layers[0]}`,
    `${model.weights[0]}`,
    `${model.output}`,
  ])
    for (const line of text.split("\n")) expect(line).not.toMatch(garbling);
});
