import { ConfigError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import { comparisons, functions } from "./tensorflow/elementwise.ts";

/** A call of an operation of Keras 3: its arguments as they stand there, its options by name. */
interface Called {
  readonly args: readonly JsonValue[];
  readonly options: JsonObject;
}

/** The call of a function of TensorFlow that computes the same. */
interface Written {
  readonly name: string;
  readonly first: JsonValue;
  readonly kwargs: JsonObject;
}

/** What is called, of TensorFlow; a text says why nothing is. */
type Row = (called: Called) => Written | string;

const unary =
  (name: string): Row =>
  ({ args: [first = null] }) => ({ name, first, kwargs: {} });

/** As Python's operators write it. */
const operator =
  (name: string, second = "y"): Row =>
  ({ args: [first = null, other = null] }) => ({ name, first, kwargs: { [second]: other, name: null } });

const binary =
  (name: string): Row =>
  ({ args: [first = null, y = null] }) => ({ name, first, kwargs: { y } });

/** With options under other names; `null` where TensorFlow has none of it. */
const withOptions =
  (name: string, names: Readonly<Record<string, string>>, given: JsonObject = {}): Row =>
  ({ args: [first = null], options }) => {
    const kwargs: JsonObject = {};
    for (const [key, other] of Object.entries(names))
      if (options[key] !== undefined) kwargs[other] = options[key];
    return { name, first, kwargs: { ...kwargs, ...given } };
  };

const reduced = (name: string): Row =>
  withOptions(`math.reduce_${name}`, { axis: "axis", keepdims: "keepdims" });

function inverse(table: Readonly<Record<string, string>>, row: (name: string) => Row): Record<string, Row> {
  return Object.fromEntries(Object.entries(table).map(([name, path]) => [path, row(`math.${name}`)]));
}

const rows: Readonly<Record<string, Row>> = {
  ...inverse(functions, unary),
  ...inverse(
    Object.fromEntries(Object.entries(comparisons).map(([name, path]) => [name, `numpy.${path}`])),
    operator,
  ),
  "numpy.Absolute": unary("math.abs"),
  "numpy.Round": unary("math.round"),
  "numpy.Negative": ({ args: [first = null] }) => ({ name: "math.negative", first, kwargs: { name: null } }),
  "numpy.Add": operator("__operators__.add"),
  "numpy.Subtract": operator("math.subtract"),
  "numpy.Multiply": operator("math.multiply"),
  "numpy.TrueDivide": operator("math.truediv"),
  "numpy.Divide": operator("math.truediv"),
  "numpy.FloorDivide": operator("math.floordiv"),
  "numpy.Mod": operator("math.floormod"),
  "numpy.Power": operator("math.pow"),
  "numpy.Maximum": binary("math.maximum"),
  "numpy.Minimum": binary("math.minimum"),
  "numpy.Matmul": operator("linalg.matmul", "b"),
  "numpy.Sum": reduced("sum"),
  "numpy.Mean": reduced("mean"),
  "numpy.Max": maximum("max"),
  "numpy.Min": maximum("min"),
  "numpy.Prod": reduced("prod"),
  "numpy.Any": reduced("any"),
  "numpy.All": reduced("all"),
  "numpy.Std": reduced("std"),
  "numpy.Var": reduced("variance"),
  "math.Logsumexp": reduced("logsumexp"),
  "nn.Relu": unary("nn.relu"),
  "nn.Relu6": unary("nn.relu6"),
  "nn.Selu": unary("nn.selu"),
  "nn.Silu": unary("nn.silu"),
  "nn.Softsign": unary("nn.softsign"),
  "nn.Elu": ({ args: [first = null], options: { alpha = 1 } }) =>
    alpha === 1 ? { name: "nn.elu", first, kwargs: {} } : `has an alpha of ${inspect(alpha)}`,
  "nn.LeakyRelu": withOptions("nn.leaky_relu", { negative_slope: "alpha" }),
  "nn.Gelu": withOptions("nn.gelu", { approximate: "approximate" }),
  "nn.Softmax": withOptions("nn.softmax", { axis: "axis" }),
  "nn.LogSoftmax": withOptions("nn.log_softmax", { axis: "axis" }),
  "numpy.Concatenate": withOptions("concat", { axis: "axis" }),
  "numpy.Stack": withOptions("stack", { axis: "axis" }),
  "numpy.ExpandDims": withOptions("expand_dims", { axis: "axis" }),
  "numpy.Squeeze": withOptions("compat.v1.squeeze", { axis: "axis" }),
  "numpy.Reshape": withOptions("reshape", { newshape: "shape", shape: "shape" }),
  "numpy.Transpose": withOptions(
    "compat.v1.transpose",
    { axes: "perm" },
    { name: "transpose", conjugate: false },
  ),
  "numpy.Tile": withOptions("tile", { repeats: "multiples" }),
  "numpy.Clip": withOptions("clip_by_value", { x_min: "clip_value_min", x_max: "clip_value_max" }),
  "core.Cast": withOptions("cast", { dtype: "dtype" }),
  "core.StopGradient": unary("stop_gradient"),
  "numpy.Copy": unary("identity"),
  "numpy.Flip": ({ args: [first = null], options: { axis = null } }) =>
    axis === null ? "turns all axes" : { name: "reverse", first, kwargs: { axis: [axis].flat() } },
  "numpy.Split": ({ args: [first = null], options: { indices_or_sections: count = null, axis = 0 } }) =>
    typeof count === "number"
      ? { name: "split", first, kwargs: { num_or_size_splits: count, axis } }
      : "splits at places",
  "numpy.Where": ({ args: [first = null, x = null, y = null] }) => ({
    name: "where",
    first,
    kwargs: { x, y },
  }),
  "numpy.GetItem": ({ args: [first = null, key = null] }) => {
    const items = (Array.isArray(key) ? key : [key]).map(sliceSpec);
    const slice_spec = Array.isArray(key) ? items : items[0]!;
    return { name: "__operators__.getitem", first, kwargs: { slice_spec } };
  },
};

/** Of numbers to begin with TensorFlow knows nothing. */
function maximum(name: string): Row {
  const row = reduced(name);
  return (called) => (called.options.initial == null ? row(called) : "begins with a number");
}

function sliceSpec(item: JsonValue): JsonValue {
  if (!isDict(item)) return item;
  if (item.class_name === "__ellipsis__") return { class_name: "__ellipsis__" };
  const { start = null, stop = null, step = null } = isDict(item.config) ? item.config : item;
  return { start, stop, step };
}

/** An operation of Keras 3 as the layer of Keras 2 that calls TensorFlow; its calls as args and kwargs, still. */
export function writeOperation(entry: JsonObject): JsonObject {
  const { class_name: className, module, inbound_nodes: nodes, name = null } = entry;
  const path = `${String(module).replace(/^keras\.src\.ops\./, "")}.${className}`;
  const config = isDict(entry.config) ? entry.config : {};
  const written = (Array.isArray(nodes) ? nodes : []).map((node) => {
    const { args, kwargs } = isDict(node) ? node : ({} as JsonObject);
    const { name: _, ...options } = { ...config, ...(isDict(kwargs) ? kwargs : {}) } as JsonObject;
    const row = Object.hasOwn(rows, path) ? rows[path]! : () => "is not known to have a function there";
    const found = row({ args: Array.isArray(args) ? args : [], options });
    if (typeof found !== "string") return found;
    throw new ConfigError(
      `operation ${quote(String(name))}`,
      `expected an operation that a function of TensorFlow computes, received ${className}, which ${found}.`,
    );
  });
  const called = written[0]?.name ?? "identity";
  return {
    class_name: called === "__operators__.getitem" ? "SlicingOpLambda" : "TFOpLambda",
    config: { name, trainable: true, dtype: "float32", function: called },
    name,
    inbound_nodes: written.map(({ first, kwargs }) => ({ args: [first], kwargs })) as unknown as JsonArray,
  };
}
