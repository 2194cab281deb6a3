import { describe, expect, it, vi } from "vitest";
import { full } from "../../tensor/create.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Hdf5GroupInput } from "../hdf5/index.ts";
import { planHdf5 } from "../hdf5/plan.ts";
import { loadModel } from "../load.ts";

/** An array of an optimizer: its name, and its shape where it is not that of a kernel. */
type Given = string | readonly [name: string, shape: readonly number[]];

const kernel = [3, 3] as const;
const one = (name: string): Given => [name, [1]];
const number = (name: string): Given => [name, []];

/** Names that nobody gave: `training/Adam/Variable:0`, `training/Adam/Variable_1:0`. */
const variables = (scope: string, count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, i) => `training/${scope}/Variable${i + from > 0 ? `_${i + from}` : ""}:0`,
  );
const named = (scope: string, ...kinds: readonly string[]) =>
  kinds.flatMap((kind) => [0, 1].map((i) => `training/${scope}/${kind}_${i}:0`));

/** A group of arrays by their paths; array number i is filled with i. */
function groupOf(
  arrays: readonly Given[],
  attributes: ReadonlyMap<string, string | readonly string[]>,
): Hdf5GroupInput {
  type Tree = Map<string, Tree | object>;
  const tree: Tree = new Map();
  for (const [i, given] of arrays.entries()) {
    const [path, shape] = typeof given === "string" ? [given, kernel] : given;
    const steps = path.split("/");
    const last = steps.pop()!;
    let at = tree;
    for (const step of steps) {
      if (!at.has(step)) at.set(step, new Map());
      at = at.get(step) as Tree;
    }
    const dtype: DType = last.startsWith("iter") ? "int64" : "float32";
    at.set(last, {
      dtype,
      shape,
      data: () => full(shape, dtype === "int64" ? (BigInt(i + 5) as never) : i, dtype),
    });
  }
  const grouped = (node: Tree | object): unknown =>
    node instanceof Map
      ? { children: new Map([...node].map(([key, child]) => [key, grouped(child)])) }
      : node;
  return { ...(grouped(tree) as Hdf5GroupInput), attributes };
}

/** A file of two kernels of one shape, as Keras wrote it before it was TensorFlow's. */
function fileOf(className: string, config: object, arrays: readonly Given[], version = "2.2.4"): Uint8Array {
  const dense = (name: string) => ({
    class_name: "Dense",
    config: { name, units: 3, use_bias: false, batch_input_shape: [null, 3] },
  });
  const names = arrays.map((given) => (typeof given === "string" ? given : given[0]));
  const layers = ["a", "b"].map((name) => {
    const weights = groupOf([`${name}/kernel:0`], new Map([["weight_names", [`${name}/kernel:0`]]]));
    return [name, weights] as const;
  });
  const training = { loss: "mse", metrics: [], optimizer_config: { class_name: className, config } };
  return planHdf5({
    attributes: new Map([
      ["keras_version", version],
      ["backend", "tensorflow"],
      ["model_config", JSON.stringify({ class_name: "Sequential", config: [dense("a"), dense("b")] })],
      ["training_config", JSON.stringify(training)],
    ]),
    children: new Map([
      ["model_weights", { attributes: new Map([["layer_names", ["a", "b"]]]), children: new Map(layers) }],
      ["optimizer_weights", groupOf(arrays, new Map([["weight_names", names]]))],
    ]),
  }).toBytes();
}

describe("what an optimizer of Keras without TensorFlow kept", () => {
  it.each<
    [what: string, className: string, config: object, arrays: readonly Given[], expected: readonly number[]]
  >([
    [
      "Adam of 2.1.2",
      "Adam",
      {},
      [number("Adam/iterations:0"), ...variables("Adam", 4)],
      [5, 0.5, 1, 3, 2, 4],
    ],
    [
      "Adam of 2.2.4",
      "Adam",
      { amsgrad: false },
      [number("Adam/iterations:0"), ...variables("Adam", 4), ...variables("Adam", 2, 4).map(one)],
      [5, 0.5, 1, 3, 2, 4],
    ],
    [
      "Adam of 2.2.4 with amsgrad",
      "Adam",
      { amsgrad: true },
      [number("Adam_1/iterations:0"), ...variables("Adam_1", 6)],
      [5, 0.5, 1, 3, 2, 4, 5, 6],
    ],
    [
      "Adam of 2.3.1",
      "Adam",
      { amsgrad: false },
      [
        number("Adam/iterations:0"),
        ...named("Adam", "m", "v"),
        ...named("Adam", "vhat").map((name) => one(String(name))),
      ],
      [5, 0.5, 1, 3, 2, 4],
    ],
    ["Adamax", "Adamax", {}, [number("iterations_2:0"), ...variables("Adamax", 4)], [5, 0.5, 1, 3, 2, 4]],
    [
      "Nadam of 2.2.4",
      "Nadam",
      { schedule_decay: 0.004 },
      [number("Nadam/iterations:0"), ...variables("Nadam", 4)],
      [5, 0.5, 1, 1, 3, 2, 4],
    ],
    [
      "Nadam of 2.3.1",
      "Nadam",
      { schedule_decay: 0.004 },
      [number("Nadam/iterations:0"), number("Nadam/m_schedule:0"), ...named("Nadam", "m", "v")],
      [5, 0.5, 1, 2, 4, 3, 5],
    ],
    [
      "SGD without momentum",
      "SGD",
      { momentum: 0 },
      [number("SGD/iterations:0"), ...variables("SGD", 2)],
      [5, 0.5],
    ],
    ["SGD", "SGD", { momentum: 0.5 }, [number("SGD/iterations:0"), ...variables("SGD", 2)], [5, 0.5, 1, 2]],
    ["RMSprop of 2.2.4", "RMSprop", {}, variables("RMSprop", 2), [0, 0.5, 0, 1]],
    [
      "RMSprop of 2.3.1",
      "RMSprop",
      {},
      [number("RMSprop/iterations:0"), ...named("RMSprop", "accumulator")],
      [5, 0.5, 1, 2],
    ],
    ["Adagrad of 2.2.4", "Adagrad", {}, variables("Adagrad", 2), [0, 0.5, 0, 1]],
    ["Adadelta of 2.2.4", "Adadelta", {}, variables("Adadelta", 4), [0, 0.5, 0, 2, 1, 3]],
    [
      "Adadelta of 2.3.1",
      "Adadelta",
      {},
      [number("Adadelta/iterations:0"), ...named("Adadelta", "accumulator", "delta_accumulator")],
      [5, 0.5, 1, 3, 2, 4],
    ],
  ])("is in the order of Keras 3: %s", async (_, className, config, arrays, expected) => {
    const told = vi.fn();
    const bytes = fileOf(className, { lr: 0.5, decay: 0, ...config }, arrays);
    const { optimizer } = await loadModel(bytes, { onUnknown: told });
    expect(told).not.toHaveBeenCalled();
    expect(optimizer?.variables.map(({ value }) => Number(value.data[0]))).toEqual(expected);
  });

  it.each<[what: string, className: string, config: object, arrays: readonly Given[]]>([
    ["too few", "Adam", {}, [number("Adam/iterations:0"), ...variables("Adam", 3)]],
    ["too many kinds", "SGD", { momentum: 0.5 }, [number("SGD/iterations:0"), ...variables("SGD", 4)]],
    ["of another shape", "Adam", {}, [number("Adam/iterations:0"), ...variables("Adam", 3), one("x:0")]],
    ["of unknown names", "Adam", {}, variables("x", 5)],
    ["of 2.15, too many", "Adam", {}, [number("iteration:0"), ...variables("Adam", 8)]],
    ["of 2.15, of another shape", "Adam", {}, [number("iteration:0"), ...variables("Adam", 3), one("x:0")]],
    ["of 2.9, of another shape", "Adam", {}, [number("Adam/iter:0"), ...variables("Adam", 3), one("x:0")]],
  ])("begins anew, and says so, where it is for other weights: %s", async (_, className, config, arrays) => {
    const told: string[] = [];
    const model = await loadModel(fileOf(className, { lr: 0.5, ...config }, arrays), {
      onUnknown: ({ path, message }) => told.push(`${path}: ${message}`),
    });
    expect(told).toEqual([
      `model.h5 /optimizer_weights: expected the state of an optimizer for 2 weights, received ${arrays.length} arrays: it begins anew.`,
    ]);
    expect(model.optimizerState).toBeNull();
    expect(model.optimizer?.iterations).toBe(0);
  });
});
