import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { helpFor } from "../unfolded.ts";
import { hasChosen, rankOf, writeIndex } from "./indices-write.ts";
import { comparisons, functions } from "./tensorflow/elementwise.ts";
import { dictOf, dtypeOf, listOf, type Part, part, partAt } from "./tensorflow/part.ts";

type Parts = Readonly<Record<string, Part>>;

/** A call of an operation of Keras 3: its arguments as they stand there, its options by name. */
interface Called {
  readonly args: readonly Part[];
  readonly options: Parts;
}

/** The call of a function of TensorFlow that computes the same. */
interface Written {
  readonly name: string;
  readonly first: Part;
  readonly kwargs: Parts;
}

const none = part(null);

/** What is called, of TensorFlow; a text says why nothing is. */
type Row = (called: Called) => Written | string;

/** Functions that TensorFlow generates: calls of them say `name`, too. */
const generated =
  /^(?:math\.(?:acosh|a?sinh?|atan[2h]?|cosh?|erfc?|expm1|is_(?:finite|inf|nan)|log(?:1p|ical_not)?|maximum|minimum|negative|reciprocal|rint|square|tanh?)|nn\.(?:elu|relu|selu|softsign)|compat\.v1\.squeeze|reverse|tile)$/;

const withName = (name: string, kwargs: Parts): Parts =>
  generated.test(name) ? { ...kwargs, name: none } : kwargs;

const unary =
  (name: string): Row =>
  ({ args: [first = none] }) => ({ name, first, kwargs: withName(name, {}) });

/** As Python's operators write it. */
const operator =
  (name: string, second = "y"): Row =>
  ({ args: [first = none, other = none] }) => ({
    name,
    first: likeSecond(first, other),
    kwargs: { [second]: other, name: none },
  });

/** As functions write it. */
const binary =
  (name: string): Row =>
  ({ args: [first = none, y = none] }) => ({
    name,
    first: likeSecond(first, y),
    kwargs: withName(name, { y }),
  });

/** A number that stands first: TensorFlow computes in its type, so it is a float where the tensor behind it has floats. */
function likeSecond(first: Part, { value: second }: Part): Part {
  const isFloat = typeof first.value === "number" && /float/.test(dtypeOf(second) ?? "");
  return isFloat ? { ...first, isFloat } : first;
}

/** With options under other names; `null` where TensorFlow has none of it. */
const withOptions =
  (name: string, names: Readonly<Record<string, string>>, given: Parts = {}): Row =>
  ({ args: [first = none], options }) => {
    const kwargs: Record<string, Part> = {};
    for (const [key, other] of Object.entries(names))
      if (options[key] !== undefined) kwargs[other] = options[key];
    return { name, first, kwargs: withName(name, { ...kwargs, ...given }) };
  };

/** Options that say nothing are left out, as by whoever calls the function. */
const reduced =
  (name: string): Row =>
  ({ args: [first = none], options: { axis = none, keepdims = none } }) => ({
    name: `math.reduce_${name}`,
    first,
    kwargs: { ...(axis.value !== null && { axis }), ...(keepdims.value === true && { keepdims }) },
  });

/** Where the largest or smallest is; TensorFlow flattens nothing. */
const position =
  (name: string): Row =>
  ({ args: [first = none], options: { axis = none, keepdims = none } }) => {
    if (axis.value === null) return "looks at all axes at once";
    if (keepdims.value === true) return "keeps the axis along which it looks";
    return { name: `math.${name}`, first, kwargs: { axis, output_type: part("int32") } };
  };

/** With an axis, where TensorFlow has none for the flattened tensor. */
const along =
  (name: string): Row =>
  ({ args: [first = none], options: { axis = none, dtype = none } }) => {
    if (axis.value === null) return "flattens its tensor";
    if (dtype.value !== null) return "adds in another dtype";
    return { name, first, kwargs: { axis } };
  };

const like =
  (name: string): Row =>
  ({ args: [first = none], options: { dtype = none } }) => ({
    name,
    first,
    kwargs: dtype.value === null ? {} : { dtype },
  });

/** Where axes go when two of them change places. */
function swapped(rank: number, ...pair: readonly Part[]): Part {
  const [a, b] = pair.map(({ value }) => (Number(value) + rank) % rank);
  return part(Array.from({ length: rank }, (_, i) => (i === a ? b! : i === b ? a! : i)));
}

function inverse(table: Readonly<Record<string, string>>, row: (name: string) => Row): Record<string, Row> {
  return Object.fromEntries(Object.entries(table).map(([name, path]) => [path, row(`math.${name}`)]));
}

const rows: Readonly<Record<string, Row>> = {
  ...inverse(functions, unary),
  ...inverse(
    Object.fromEntries(Object.entries(comparisons).map(([name, path]) => [name, `numpy.${path}`])),
    operator,
  ),
  "numpy.Equal": binary("math.equal"),
  "numpy.NotEqual": binary("math.not_equal"),
  "numpy.Absolute": unary("math.abs"),
  "numpy.Round": unary("math.round"),
  "numpy.Add": operator("__operators__.add"),
  "numpy.Subtract": operator("math.subtract"),
  "numpy.Multiply": operator("math.multiply"),
  "numpy.TrueDivide": operator("math.truediv"),
  "numpy.Divide": operator("math.truediv"),
  "numpy.FloorDivide": operator("compat.v1.floor_div"),
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
  "nn.Elu": ({ args: [first = none], options: { alpha = part(1) } }) =>
    alpha.value === 1
      ? { name: "nn.elu", first, kwargs: { name: none } }
      : `has an alpha of ${inspect(alpha.value)}`,
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
    { name: part("transpose"), conjugate: part(false) },
  ),
  "numpy.Swapaxes": ({ args: [first = none], options: { axis1 = none, axis2 = none } }) => {
    const rank = rankOf(first.value);
    if (rank === null) return "does not say how many axes there are";
    const kwargs = { perm: swapped(rank, axis1, axis2), name: part("transpose"), conjugate: part(false) };
    return { name: "compat.v1.transpose", first, kwargs };
  },
  "numpy.Argmax": position("argmax"),
  "numpy.Argmin": position("argmin"),
  "numpy.Cumsum": along("math.cumsum"),
  "numpy.Sort": along("sort"),
  "numpy.ZerosLike": like("zeros_like"),
  "numpy.OnesLike": like("ones_like"),
  "numpy.DivideNoNan": (called) =>
    called.args.some(({ value }) => /int|bool/.test(dtypeOf(value) ?? ""))
      ? "divides integers"
      : binary("math.divide_no_nan")(called),
  "numpy.Tile": withOptions("tile", { repeats: "multiples" }),
  "numpy.Clip": withOptions("clip_by_value", { x_min: "clip_value_min", x_max: "clip_value_max" }),
  "core.Cast": withOptions("cast", { dtype: "dtype" }),
  "core.StopGradient": unary("stop_gradient"),
  "numpy.Copy": unary("identity"),
  "numpy.Flip": ({ args: [first = none], options: { axis: { value: axis } = none } }) =>
    axis === null
      ? "turns all axes"
      : { name: "reverse", first, kwargs: withName("reverse", { axis: part([axis].flat()) }) },
  "numpy.Split": ({
    args: [first = none],
    options: { indices_or_sections: count = none, axis = part(0) },
  }) =>
    typeof count.value === "number"
      ? { name: "split", first, kwargs: { num_or_size_splits: count, axis } }
      : "splits at places",
  "numpy.Where": ({ args: [first = none, x = none, y = none] }) => ({
    name: "where",
    first,
    kwargs: { x: likeSecond(x, y), y },
  }),
  "numpy.GetItem": ({ args: [first = none, { value: key } = none] }) =>
    hasChosen(key)
      ? "chooses places by a tensor or list"
      : {
          name: "__operators__.getitem",
          first,
          kwargs: { slice_spec: part(writeIndex(key, first.value)) },
        },
};

/** Of numbers to begin with TensorFlow knows nothing. */
function maximum(name: string): Row {
  const row = reduced(name);
  return (called) => ((called.options.initial ?? none).value === null ? row(called) : "begins with a number");
}

/** Whether a function of TensorFlow is known that computes what an operation of Keras 3 does, at least with some options. */
export function hasFunction(entry: JsonObject): boolean {
  return Object.hasOwn(rows, pathIn(entry));
}

/** An operation of Keras 3 as the layer of Keras 2 that calls TensorFlow; its calls as args and kwargs, still. */
export function writeOperation(entry: JsonObject, lacks: Lacks): JsonObject {
  const { class_name: className, inbound_nodes: nodes, name = null } = entry;
  const path = pathIn(entry);
  const config = isDict(entry.config) ? entry.config : {};
  const written = (Array.isArray(nodes) ? nodes : []).map((node) => {
    const { args, kwargs } = isDict(node) ? node : ({} as JsonObject);
    const options = { ...partsOf(config), ...partsOf(isDict(kwargs) ? kwargs : {}) };
    const row = Object.hasOwn(rows, path) ? rows[path]! : () => "is not known to have a function there";
    const found = row({ args: Array.isArray(args) ? args.map((_, i) => partAt(args, i)) : [], options });
    if (typeof found !== "string") return found;
    lacks.say(
      `operation ${quote(String(name))}`,
      `expected an operation that a function of TensorFlow computes, received ${className}, which ${found}.${helpFor(String(className))}`,
    );
    return { name: "identity", first: none, kwargs: {} };
  });
  const called = written[0]?.name ?? "identity";
  return {
    class_name: called === "__operators__.getitem" ? "SlicingOpLambda" : "TFOpLambda",
    config: { name, trainable: true, dtype: "float32", function: called },
    name,
    inbound_nodes: written.map(({ first, kwargs }) => ({ args: listOf([first]), kwargs: dictOf(kwargs) })),
  };
}

function partsOf(dict: JsonObject): Parts {
  return Object.fromEntries(Object.keys(dict).map((key) => [key, partAt(dict, key)]));
}

function pathIn({ module, class_name: className }: JsonObject): string {
  return `${String(module).replace(/^keras\.src\.ops\./, "")}.${className}`;
}
