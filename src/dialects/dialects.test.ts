import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { knowOlderLayers } from "../layers/tf-keras/know.ts";
import { behaviourOf } from "./behaviour.ts";
import type { Change } from "./change.ts";
import { changes, signOf } from "./changes.ts";
import { Lacks } from "./lacks.ts";
import { newValuesIn } from "./new-values.ts";
import { originalOf } from "./notes.ts";
import { formatDialect, NEWEST_DIALECT, parseDialect } from "./version.ts";
import { configs, envelopes, graphs, walk } from "./walk.ts";

const named = (name: string) => {
  const [module = null, className = ""] = name.split(">");
  return { module, className };
};
const json = (text: string) => parsePythonJson(text) as JsonObject;
describe("changes", () => {
  it("are in order, and none is newer than the newest dialect", () => {
    const versions = changes.map(({ since }) => since);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions.at(-1)).toBeLessThanOrEqual(NEWEST_DIALECT);
    expect(versions.map((since) => parseDialect(formatDialect(since)))).toEqual(versions);
  });

  it.each<[name: string, dialect: number, newest: string, older: string]>([
    [
      "keras.layers>Dense",
      304,
      '{"dtype": {"class_name": "DTypePolicy", "config": {"name": "float32"}}}',
      "",
    ],
    [
      "keras.layers>Dense",
      303,
      '{"units": 1, "dtype": {"class_name": "DTypePolicy", "config": {"name": "float32"}}}',
      '{"units": 1, "dtype": "float32"}',
    ],
    ["keras.layers>InputLayer", 303, '{"dtype": "float32"}', ""],
    [
      "my_module>Mine",
      303,
      '{"dtype": {"config": {"mode": "int8", "source_name": "mixed_float16"}}}',
      '{"dtype": "int8_from_mixed_float16"}',
    ],
    [
      "keras.layers>Resizing",
      314,
      '{"data_format": "channels_last", "height": 2, "antialias": false}',
      '{"height": 2, "antialias": false, "data_format": "channels_last"}',
    ],
    ["keras.layers>Resizing", 315, '{"data_format": "channels_last", "height": 2}', ""],
    [
      "keras.layers>RandomRotation",
      305,
      '{"data_format": "channels_last", "factor": [0, 1], "value_range": [0, 255], "fill_mode": "wrap"}',
      '{"factor": [0, 1], "value_range": [0, 255], "data_format": "channels_last", "fill_mode": "wrap"}',
    ],
    [
      "keras.layers>Lambda",
      306,
      '{"function": {"class_name": "function", "config": "a>f"}, "arguments": {"shift": 1.0}}',
      '{"function": {"class_name": "function", "config": "f"}, "arguments": {"shift": 1.0}}',
    ],
    ["keras.layers>Lambda", 307, '{"function": {"class_name": "function", "config": "a>f"}}', ""],
    [
      "keras.losses>Tversky",
      306,
      '{"name": "t", "reduction": null, "alpha": 0.3, "beta": 0.7}',
      '{"name": "t", "alpha": 0.3, "beta": 0.7, "reduction": null}',
    ],
    ["keras.layers>Activation", 306, '{"activation": {"class_name": "function", "config": "a>f"}}', ""],
    ["keras.src.ops.numpy>Add", 310, '{"name": "add"}', ""],
    ["keras.src.ops.numpy>Trunc", 310, '{"name": "trunc"}', "{}"],
    [
      "keras.src.ops.numpy>Mean",
      310,
      '{"name": "mean", "axis": 1, "keepdims": false}',
      '{"axis": 1, "keepdims": false}',
    ],
    [
      "keras.src.ops.math>Logsumexp",
      310,
      '{"axis": 1, "keepdims": false}',
      '{"axis": [1], "keepdims": false}',
    ],
    ["keras.src.ops.numpy>Mean", 311, '{"name": "mean", "axis": 1, "keepdims": false}', ""],
    [
      "keras.src.ops.numpy>Pad",
      306,
      '{"name": "pad", "pad_width": 1, "mode": "constant"}',
      '{"mode": "constant", "pad_width": 1}',
    ],
    ["keras.src.ops.nn>MultiHot", 306, '{"name": "multi_hot", "axis": 1}', ""],
    ["keras.src.activations.activations>ReLU", 306, '{"name": "re_lu", "threshold": 0.0}', ""],
    ["keras.layers>ReLU", 306, '{"name": "re_lu", "threshold": 0.0}', ""],
    ["keras.layers>ELU", 311, '{"name": "elu", "alpha": 1.0}', '{"name": "elu"}'],
    ["keras.layers>ELU", 311, '{"name": "elu", "alpha": 2.0}', ""],
    ["keras.layers>ELU", 312, '{"name": "elu", "alpha": 1.0}', ""],
    ["keras.layers>Discretization", 308, '{"bin_boundaries": null}', '{"bin_boundaries": []}'],
    ["keras.layers>Discretization", 308, '{"bin_boundaries": [1.0]}', ""],
    ["keras.layers>Discretization", 309, '{"bin_boundaries": null}', ""],
  ])("a config of %s is written for %i", (name, dialect, newest, older) => {
    const written = configs.down(json(newest), named(name), dialect, new Lacks());
    expect(stringifyPythonJson(written)).toBe(older === "" ? newest : older);
  });

  it.each<[name: string, dialect: number, older: JsonObject]>([
    ["keras.layers>Reshape", 311, { build_config: { input_shape: [1] }, config: {} }],
    ["keras.layers>Reshape", 312, { config: {} }],
    ["keras.layers>Dense", 312, { build_config: { input_shape: [1] }, config: {} }],
  ])("the build config of %s is written for %i", (name, dialect, older) => {
    const newest = { build_config: { input_shape: [1] }, config: {} };
    expect(envelopes.down(newest, named(name), dialect, new Lacks())).toEqual(older);
  });

  it("from 3.14 on, a model says that it is not compiled", () => {
    expect(envelopes.down({ compile_config: {} }, named("keras>Sequential"), 313, new Lacks())).toEqual({});
    expect(envelopes.down({ compile_config: {} }, named("keras>Sequential"), 314, new Lacks())).toEqual({
      compile_config: {},
    });
    const compiled = { compile_config: { loss: "mse" } };
    expect(envelopes.down({ ...compiled }, named("keras>Sequential"), 313, new Lacks())).toEqual(compiled);
  });

  it.each<[what: string, json: string, sign: number | null]>([
    ["nothing", '{"input_layers": [["x", 0, 0]]}', null],
    ["a bare input", '{"input_layers": ["x", 0, 0]}', 311],
    ["an empty compile config", '{"compile_config": {}}', 314],
    ["none", '{"compile_config": null}', null],
  ])("are told by %s", (_, text, sign) => expect(signOf(json(text))).toBe(sign));
});

it.each<[what: string, config: string, keys: string[]]>([
  ["a number for three features", '{"axis": [-1], "mean": 1.5, "variance": 2.5}', ["mean", "variance"]],
  ["one of a list", '{"axis": [-1], "mean": [1.5], "variance": [1.0, 2.0, 3.0]}', ["mean"]],
  [
    "numbers for some of two axes",
    '{"axis": [1, 2], "mean": [1.0, 2.0, 3.0], "variance": 1.0}',
    ["mean", "variance"],
  ],
  ["as many as features", '{"axis": [-1], "mean": [1.0, 2.0, 3.0], "variance": [[1.0], [2.0], [3.0]]}', []],
  ["a number for no axis", '{"axis": null, "mean": 1.5, "variance": 2.5}', []],
  ["none", '{"axis": [-1], "mean": null, "variance": null}', []],
])("before 3.8, statistics of a Normalization are not spread: %s", (_, config, keys) => {
  const envelope = {
    module: "keras.layers",
    class_name: "Normalization",
    config: json(config),
    build_config: { input_shape: [null, 2, 3] },
  };
  expect(newValuesIn(envelope)).toEqual(keys.map((key) => ({ key, since: 308 })));
});

describe("a graph", () => {
  const model = named("keras.src.models.functional>Functional");
  const tensor = { class_name: "__keras_tensor__", config: { keras_history: ["x", 0, 0] } };
  const graph = (
    module: string,
    className: string,
    config: JsonObject,
    args: JsonValue[],
    kwargs: JsonObject,
  ) => ({
    layers: [{ module, class_name: className, config, inbound_nodes: [{ args: [tensor, ...args], kwargs }] }],
    input_layers: [["x", 0, 0]],
    output_layers: [["y", 0, 0]],
  });

  it.each<[className: string, module: string, older: JsonObject, newer: JsonObject]>([
    [
      "ZerosLike",
      "numpy",
      graph("keras.src.ops.numpy", "ZerosLike", { name: "z" }, [], { dtype: "int32" }),
      graph("keras.src.ops.numpy", "ZerosLike", { name: "z", dtype: "int32" }, [], {}),
    ],
    [
      "Slice",
      "core",
      graph("keras.src.ops.core", "Slice", { name: "s" }, [[0], [2]], {}),
      graph("keras.src.ops.core", "Slice", { name: "s", shape: [2] }, [[0]], {}),
    ],
    [
      "Isclose",
      "numpy",
      graph("keras.src.ops.numpy", "Isclose", { name: "i" }, [1, 2, 3, true], {}),
      graph("keras.src.ops.numpy", "Isclose", { name: "i", equal_nan: true }, [1, 2, 3], {}),
    ],
    ["Slice", "mine", graph("mine", "Slice", {}, [[0], [2]], {}), graph("mine", "Slice", {}, [[0], [2]], {})],
  ])("has the options of %s of %s in the config, and a single tensor bare", (_, __, older, newer) => {
    const newest = { ...newer, input_layers: ["x", 0, 0], output_layers: ["y", 0, 0] };
    expect(graphs.up(structuredClone(older), model, 310)).toEqual(newest);
    expect(graphs.down(structuredClone(newest), model, 310, new Lacks())).toEqual(older);
    expect(graphs.up(structuredClone(newest), model, 311)).toEqual(newest);
    expect(graphs.down(structuredClone(newest), model, 311, new Lacks())).toEqual(newest);
  });

  it("keeps a training that nobody may have given, for who knows the class, and for older versions", () => {
    const older = () => graph("keras.layers", "GRU", {}, [], { training: false, mask: null });
    const newest = graphs.up(older(), model, 315);
    const { kwargs } = (newest as unknown as ReturnType<typeof graph>).layers[0]!.inbound_nodes[0]!;
    expect(kwargs).toEqual({ mask: null });
    expect(originalOf(kwargs)).toEqual({ training: false, mask: null });
    expect(stringifyPythonJson(graphs.down(newest, model, 310, new Lacks()))).toBe(
      stringifyPythonJson(older()),
    );
    const given = graph("keras.layers", "GRU", {}, [], { training: true });
    expect(graphs.up(structuredClone(given), model, 316)).toEqual(given);
  });
});

describe("behaviour", () => {
  const GRU = named("keras.layers>GRU");
  const Mine = Object.assign(Object.create(GRU) as typeof GRU, named("my_module>Mine"));

  it.each([
    [GRU, 316, { supportsMasking: false }],
    [Mine, 316, { supportsMasking: false }],
    [GRU, 315, null],
    [named("keras.layers>LayerNormalization"), 314, { sortsAxes: true }],
    [named("keras.layers>LayerNormalization"), 313, null],
    [named("keras.layers>Discretization"), 315, { startsAtStep: true }],
    [named("keras.layers>RandomCrop"), 308, { cropsInTrainingOnly: true }],
    [named("keras.layers>RandomCrop"), 307, null],
    [named("keras.layers>RandomCrop"), 209, { cropsLargest: true }],
    [named("keras.layers>MultiHeadAttention"), 209, { ignoresMasks: true, supportsMasking: false }],
    [named("keras.layers>MultiHeadAttention"), 210, { ignoresMasks: false, supportsMasking: true }],
    [named("null>Layer"), 209, { handsGivenMaskOn: true }],
    [named("null>Layer"), 310, null],
    [named("null>GRU"), 316, null],
  ])("is that of a class, of one that extends it, and of a version", (cls, dialect, expected) => {
    knowOlderLayers();
    expect(behaviourOf(cls, dialect)).toEqual(expected);
  });
});

describe("a walk", () => {
  /** The shape of what Keras 2 had otherwise: another envelope, other keys, a graph of lists. */
  const second: Change = {
    since: 300,
    configs: {
      "*": {
        read: ({ batch_input_shape: _, ...config }) => config,
        write: (config) => config,
      },
      "keras.layers>InputLayer": {
        read: ({ batch_input_shape, ...config }) => ({ batch_shape: batch_input_shape!, ...config }),
        write: ({ batch_shape, ...config }) => ({ batch_input_shape: batch_shape!, ...config }),
      },
    },
    envelopes: {
      "*": {
        read: (envelope) => ({ module: "keras.layers", registered_name: null, ...envelope }),
        write: ({ module: _, registered_name: __, ...envelope }) => envelope,
      },
    },
    graphs: {
      "*": {
        read: ({ layers, ...config }) => ({ ...config, layers: (layers as JsonObject[]).map(newCalls) }),
      },
    },
  };
  const newCalls = (entry: JsonObject): JsonObject => ({
    ...entry,
    inbound_nodes: (entry.inbound_nodes as JsonValue[][]).map((call) => ({ args: call, kwargs: {} })),
  });
  const all = [second, { since: 305, configs: { "keras.layers": { ended: ["old"] } } } satisfies Change];
  const input = named("keras.layers>InputLayer");

  it("goes through the rule of a class, or that of all classes", () => {
    const { up, down } = walk("configs", all);
    expect(up({ batch_input_shape: [1], a: 1 }, input, 209)).toEqual({ batch_shape: [1], a: 1 });
    expect(up({ batch_input_shape: [1], a: 1 }, named("keras.layers>Dense"), 209)).toEqual({ a: 1 });
    expect(up({ batch_input_shape: [1] }, input, 300)).toEqual({ batch_input_shape: [1] });
    expect(down({ batch_shape: [1] }, input, 209, new Lacks())).toEqual({ batch_input_shape: [1] });
  });

  it("leaves what it is given as it is, to be written back", () => {
    const given = { batch_input_shape: [1] };
    walk("configs", all).up(given, input, 209);
    expect(given).toEqual({ batch_input_shape: [1] });
  });

  it("goes through envelopes and graphs", () => {
    const { up, down } = walk("envelopes", all);
    const old = { class_name: "Dense", config: {} };
    const newer = up(old, named("null>Dense"), 209);
    expect(newer).toEqual({ module: "keras.layers", registered_name: null, ...old });
    expect(down(newer, named("keras.layers>Dense"), 209, new Lacks())).toEqual(old);
    const graph = { layers: [{ ...old, inbound_nodes: [[["x", 0, 0]]] }] };
    expect(walk("graphs", all).up(graph, named("keras>Functional"), 209)).toEqual({
      layers: [{ ...old, inbound_nodes: [{ args: [["x", 0, 0]], kwargs: {} }] }],
    });
  });
});
