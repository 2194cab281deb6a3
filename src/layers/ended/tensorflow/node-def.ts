import { isDict } from "../../../graph/nested.ts";
import type { JsonObject, JsonValue } from "../../../json/json.ts";
import { isFloat } from "../../../json/marks.ts";
import { parsePythonJson } from "../../../json/parse.ts";
import { Float } from "../../../ops/float.ts";

/** How an operation of a graph of TensorFlow is a call of a function. */
interface GraphOp {
  /** The function, without `tf.`. */
  readonly name: string;
  /** The arguments that its inputs are, in order; `""` is the first one, and `"…"` a list of all that are not others. */
  readonly inputs: readonly string[];
  /** The arguments that its attributes are. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const one = (name: string, attributes: Readonly<Record<string, string>> = {}): GraphOp => ({
  name,
  inputs: [""],
  attributes,
});
const two = (name: string, second = "y"): GraphOp => ({ name, inputs: ["", second] });
const reduction = (name: string): GraphOp => ({
  name: `math.${name}`,
  inputs: ["", "axis"],
  attributes: { keep_dims: "keepdims" },
});
const product: GraphOp = {
  name: "linalg.matmul",
  inputs: ["", "b"],
  attributes: {
    transpose_a: "transpose_a",
    transpose_b: "transpose_b",
    adj_x: "transpose_a",
    adj_y: "transpose_b",
  },
};
const masks = Object.fromEntries(
  ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"].map((key) => [key, key]),
);
const window = { ksize: "ksize", strides: "strides", padding: "padding", data_format: "data_format" };
const convolution = {
  strides: "strides",
  padding: "padding",
  data_format: "data_format",
  dilations: "dilations",
};
const along = { exclusive: "exclusive", reverse: "reverse" };

/** By the name that graphs have for it. */
const graphOps: Readonly<Record<string, GraphOp>> = {
  Abs: one("math.abs"),
  Acos: one("math.acos"),
  Add: two("__operators__.add"),
  AddN: { name: "math.add_n", inputs: ["…"] },
  AddV2: two("__operators__.add"),
  All: reduction("reduce_all"),
  Any: reduction("reduce_any"),
  ArgMax: two("math.argmax", "axis"),
  ArgMin: two("math.argmin", "axis"),
  Asin: one("math.asin"),
  Atan: one("math.atan"),
  Atan2: two("math.atan2", "x"),
  AvgPool: one("nn.avg_pool2d", window),
  BatchMatMul: product,
  BatchMatMulV2: product,
  BiasAdd: { ...two("nn.bias_add", "bias"), attributes: { data_format: "data_format" } },
  BroadcastTo: two("broadcast_to", "shape"),
  Cast: one("cast", { DstT: "dtype" }),
  Ceil: one("math.ceil"),
  ClipByValue: { name: "clip_by_value", inputs: ["", "clip_value_min", "clip_value_max"] },
  ConcatV2: { name: "concat", inputs: ["…", "axis"] },
  Conv2D: { ...two("nn.conv2d", "filters"), attributes: convolution },
  Cos: one("math.cos"),
  Cosh: one("math.cosh"),
  Cumprod: { ...two("math.cumprod", "axis"), attributes: along },
  Cumsum: { ...two("math.cumsum", "axis"), attributes: along },
  DepthToSpace: one("nn.depth_to_space", { block_size: "block_size", data_format: "data_format" }),
  DepthwiseConv2dNative: { ...two("nn.depthwise_conv2d", "filter"), attributes: convolution },
  DivNoNan: two("math.divide_no_nan"),
  Elu: one("nn.elu"),
  Equal: two("math.equal"),
  Erf: one("math.erf"),
  Exp: one("math.exp"),
  ExpandDims: two("expand_dims", "axis"),
  Expm1: one("math.expm1"),
  Fill: two("fill", "value"),
  Floor: one("math.floor"),
  FloorDiv: two("math.floordiv"),
  FloorMod: two("math.floormod"),
  GatherV2: { name: "gather", inputs: ["", "indices", "axis"], attributes: { batch_dims: "batch_dims" } },
  Greater: two("math.greater"),
  GreaterEqual: two("math.greater_equal"),
  Identity: one("identity"),
  LeakyRelu: one("nn.leaky_relu", { alpha: "alpha" }),
  Less: two("math.less"),
  LessEqual: two("math.less_equal"),
  Log: one("math.log"),
  Log1p: one("math.log1p"),
  LogicalAnd: two("math.logical_and"),
  LogicalNot: one("math.logical_not"),
  LogicalOr: two("math.logical_or"),
  LogSoftmax: one("nn.log_softmax"),
  MatMul: product,
  Max: reduction("reduce_max"),
  Maximum: two("math.maximum"),
  MaxPool: one("nn.max_pool2d", window),
  Mean: reduction("reduce_mean"),
  Min: reduction("reduce_min"),
  Minimum: two("math.minimum"),
  MirrorPad: { ...two("pad", "paddings"), attributes: { mode: "mode" } },
  Mul: two("math.multiply"),
  Neg: one("math.negative"),
  NotEqual: two("math.not_equal"),
  OneHot: { name: "one_hot", inputs: ["", "depth", "on_value", "off_value"], attributes: { axis: "axis" } },
  OnesLike: one("ones_like"),
  Pack: { name: "stack", inputs: ["…"], attributes: { axis: "axis" } },
  Pad: two("pad", "paddings"),
  PadV2: { name: "pad", inputs: ["", "paddings", "constant_values"] },
  Pow: two("math.pow"),
  Prod: reduction("reduce_prod"),
  RealDiv: two("realdiv"),
  Reciprocal: one("math.reciprocal"),
  Relu: one("nn.relu"),
  Relu6: one("nn.relu6"),
  Reshape: two("reshape", "shape"),
  ReverseV2: two("reverse", "axis"),
  Round: one("math.round"),
  Rsqrt: one("math.rsqrt"),
  Select: { name: "where", inputs: ["", "x", "y"] },
  SelectV2: { name: "where", inputs: ["", "x", "y"] },
  Selu: one("nn.selu"),
  Shape: one("shape"),
  Sigmoid: one("math.sigmoid"),
  Sign: one("math.sign"),
  Sin: one("math.sin"),
  Sinh: one("math.sinh"),
  Slice: { name: "slice", inputs: ["", "begin", "size"] },
  Softmax: one("nn.softmax"),
  Softplus: one("math.softplus"),
  Softsign: one("nn.softsign"),
  SpaceToDepth: one("nn.space_to_depth", { block_size: "block_size", data_format: "data_format" }),
  Split: { name: "split", inputs: ["axis", ""], attributes: { num_split: "num_or_size_splits" } },
  SplitV: { name: "split", inputs: ["", "num_or_size_splits", "axis"] },
  Sqrt: one("math.sqrt"),
  Square: one("math.square"),
  SquaredDifference: two("math.squared_difference"),
  Squeeze: one("squeeze", { squeeze_dims: "axis" }),
  StopGradient: one("stop_gradient"),
  StridedSlice: { name: "strided_slice", inputs: ["", "begin", "end", "strides"], attributes: masks },
  Sub: two("math.subtract"),
  Sum: reduction("reduce_sum"),
  Tan: one("math.tan"),
  Tanh: one("math.tanh"),
  Tile: two("tile", "multiples"),
  TopKV2: two("math.top_k", "k"),
  Transpose: two("transpose", "perm"),
  Unpack: one("unstack", { num: "num", axis: "axis" }),
  ZerosLike: one("zeros_like"),
};

/** Resizing, where pixels have their centers in their middle. */
const resizing: Readonly<Record<string, string>> = {
  ResizeBicubic: "bicubic",
  ResizeBilinear: "bilinear",
  ResizeNearestNeighbor: "nearest",
};

/** The dtypes of graphs by their names there. */
const dtypes: Readonly<Record<string, string>> = {
  DT_BOOL: "bool",
  DT_DOUBLE: "float64",
  DT_FLOAT: "float32",
  DT_HALF: "float16",
  DT_INT32: "int32",
  DT_INT64: "int64",
  DT_UINT8: "uint8",
};

/** What an operation of a graph is called with. */
export interface GraphCall {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** An operation of a graph as a call of a function: its tensors, the constants among its inputs by their places. */
export function graphCall(nodeDef: JsonValue, constants: JsonValue, tensors: readonly unknown[]): GraphCall {
  const node = typeof nodeDef === "string" ? parsePythonJson(nodeDef) : nodeDef;
  const { op, input, attr = {} } = isDict(node) ? (node as JsonObject) : ({} as JsonObject);
  const known = isDict(constants) ? (constants as JsonObject) : {};
  const count = Array.isArray(input) ? input.filter((name) => !String(name).startsWith("^")).length : 0;
  const given = inputsOf(Math.min(count, MOST_INPUTS), known, tensors);
  const attributes = isDict(attr) ? (attr as JsonObject) : {};
  const method = typeof op === "string" && Object.hasOwn(resizing, op) ? resizing[op] : undefined;
  if (method && isTrue(attributes.half_pixel_centers) && !isTrue(attributes.align_corners))
    return { name: "image.resize", args: given.slice(0, 1), kwargs: { size: given[1], method } };
  if (typeof op !== "string" || !Object.hasOwn(graphOps, op))
    return { name: `raw_ops.${String(op)}`, args: given, kwargs: {} };
  return callOf(graphOps[op]!, given, attributes);
}

/** More inputs than operations have. */
const MOST_INPUTS = 1000;

function inputsOf(count: number, constants: JsonObject, tensors: readonly unknown[]): unknown[] {
  let next = 0;
  return Array.from({ length: count }, (_, i) => {
    if (!Object.hasOwn(constants, i)) return tensors[next++];
    const constant = constants[i];
    return typeof constant === "number" && isFloat(constants, i) ? new Float(constant) : constant;
  });
}

function callOf(
  { name, inputs, attributes = {} }: GraphOp,
  given: readonly unknown[],
  attr: JsonObject,
): GraphCall {
  const kwargs: Record<string, unknown> = {};
  for (const [key, argument] of Object.entries(attributes)) {
    const value = attributeOf(attr[key]);
    if (value !== undefined && value !== false) kwargs[argument] = value;
  }
  if (inputs[0] === "…") {
    const rest = inputs.length - 1;
    for (const [i, argument] of inputs.slice(1).entries()) kwargs[argument] = given.at(i - rest);
    return { name, args: [rest === 0 ? given : given.slice(0, -rest)], kwargs };
  }
  let first: unknown;
  for (const [i, argument] of inputs.entries()) {
    if (argument === "") first = given[i];
    else if (given[i] !== undefined) kwargs[argument] = given[i];
  }
  return { name, args: [first], kwargs };
}

function isTrue(attribute: JsonValue | undefined): boolean {
  return attributeOf(attribute) === true;
}

/** The value of an attribute; integers stand as texts there, texts as base64. */
function attributeOf(attribute: JsonValue | undefined): JsonValue | undefined {
  if (!isDict(attribute)) return undefined;
  const { b, i, f, s, type, list } = attribute as JsonObject;
  if (typeof b === "boolean") return b;
  if (i !== undefined) return Number(i);
  if (typeof f === "number") return f;
  if (typeof s === "string") return atob(s);
  if (typeof type === "string") return Object.hasOwn(dtypes, type) ? dtypes[type]! : type;
  return isDict(list) && Array.isArray(list.i) ? list.i.map(Number) : undefined;
}
