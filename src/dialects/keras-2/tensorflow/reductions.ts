import type { JsonValue } from "../../../json/json.ts";
import type { Call, Row, Rows } from "./call.ts";
import { within } from "./elementwise.ts";
import { floatPart, type Part, part } from "./part.ts";

const axisOf = (call: Call): Part => call.any("axis", "reduction_indices");
const keeps = (call: Call): Part =>
  call.has("keep_dims") ? call.part("keep_dims") : call.part("keepdims", false);

function reduce(path: string, rest: Readonly<Record<string, JsonValue>> = {}): Row {
  return (call) => void call.emit(path, [call.x], { axis: axisOf(call), keepdims: keeps(call), ...rest });
}

function mean(call: Call): string | undefined {
  const dtype = call.dtypeOf(call.x);
  if (dtype?.includes("int")) return "divides integers as integers";
  return reduce("numpy.Mean")(call);
}

function position(path: string): Row {
  return (call) => {
    const axis = call.has("axis") ? call.part("axis") : call.part("dimension", 0);
    call.emit(path, [call.x], { axis, keepdims: false });
    return undefined;
  };
}

/** What adds up along an axis, from the end where `reverse` is. */
function cumulate(path: string): Row {
  return (call) => {
    const axis = call.part("axis", 0);
    const isReverse = call.value("reverse") === true;
    const isExclusive = call.value("exclusive") === true;
    if (isExclusive && path !== "numpy.Cumsum") return "leaves out each number itself";
    const turn = (x: Part) => (isReverse ? call.emit("numpy.Flip", [x], { axis }) : x);
    const total = turn(call.emit(path, [turn(call.x)], { axis, dtype: null }));
    if (isExclusive) call.emit("numpy.Subtract", [total, call.x]);
    return undefined;
  };
}

function sort(call: Call): undefined {
  const axis = call.part("axis", -1);
  const sorted = call.emit("numpy.Sort", [call.x], { axis });
  if (call.value("direction") === "DESCENDING") call.emit("numpy.Flip", [sorted], { axis });
}

function argsort(call: Call): string | undefined {
  const isDown = call.value("direction") === "DESCENDING";
  if (isDown && call.dtypeOf(call.x)?.startsWith("uint")) return "sorts unsigned integers downwards";
  const given = isDown ? call.emit("numpy.Negative", [call.x]) : call.x;
  call.emit("numpy.Argsort", [given], { axis: call.part("axis", -1) });
  return undefined;
}

/** The length of vectors, by its order. */
function norm(call: Call): string | undefined {
  const order = call.value("ord", "euclidean");
  const axis = call.part("axis");
  const options = { axis, keepdims: keeps(call) };
  const isEuclidean = order === "euclidean" || order === "fro" || (order === 2 && !Array.isArray(axis.value));
  if (isEuclidean) {
    call.emit("numpy.Sqrt", [call.emit("numpy.Sum", [call.emit("numpy.Square", [call.x])], options)]);
    return undefined;
  }
  if (Array.isArray(axis.value) || typeof order !== "number") return "is a norm of matrices";
  const sizes = call.emit("numpy.Absolute", [call.x]);
  if (order === 1) call.emit("numpy.Sum", [sizes], options);
  else if (order === Number.POSITIVE_INFINITY) call.emit("numpy.Max", [sizes], { ...options, initial: null });
  else {
    const total = call.emit("numpy.Sum", [call.emit("numpy.Power", [sizes, call.part("ord")])], options);
    call.emit("numpy.Power", [total, floatPart(1 / order)]);
  }
  return undefined;
}

function topK(call: Call): undefined {
  call.emit("math.TopK", [call.x], { k: call.part("k", 1), sorted: call.part("sorted", true) });
}

function countNonzero(call: Call): string | undefined {
  if (keeps(call).value === true) return "keeps the axes along which it counts";
  call.emit("numpy.CountNonzero", [call.x], { axis: axisOf(call) });
  return undefined;
}

const functions = {
  reduce_sum: reduce("numpy.Sum"),
  reduce_mean: mean,
  reduce_max: reduce("numpy.Max", { initial: null }),
  reduce_min: reduce("numpy.Min", { initial: null }),
  reduce_prod: reduce("numpy.Prod", { dtype: null }),
  reduce_all: reduce("numpy.All"),
  reduce_any: reduce("numpy.Any"),
  reduce_std: reduce("numpy.Std"),
  reduce_variance: reduce("numpy.Var"),
  reduce_logsumexp: reduce("math.Logsumexp"),
  reduce_euclidean_norm: (call) => {
    const squares = call.emit("numpy.Square", [call.x]);
    const total = call.emit("numpy.Sum", [squares], { axis: axisOf(call), keepdims: keeps(call) });
    call.emit("numpy.Sqrt", [total]);
  },
  argmax: position("numpy.Argmax"),
  argmin: position("numpy.Argmin"),
  count_nonzero: countNonzero,
} satisfies Record<string, Row>;

/** Functions that make fewer numbers of many, or put them in order. */
export const reductions: Rows = {
  ...within("math", functions, (row) => row),
  ...within("compat.v1", functions, (row) => row),
  ...within("compat.v1.math", functions, (row) => row),
  "math.cumsum": cumulate("numpy.Cumsum"),
  "math.cumprod": cumulate("numpy.Cumprod"),
  "math.top_k": topK,
  "nn.top_k": topK,
  "compat.v1.math.in_top_k": (call) =>
    void call.emit("math.InTopK", [call.part("targets"), call.x], { k: call.part("k") }),
  "math.zero_fraction": (call) => {
    const zeros = call.emit("core.Cast", [call.emit("numpy.Equal", [call.x, part(0)])], { dtype: "float32" });
    call.emit("numpy.Mean", [zeros], { axis: null, keepdims: false });
  },
  "math.unsorted_segment_sum": (call) =>
    void call.emit("math.SegmentSum", [call.x, call.part("segment_ids")], {
      num_segments: call.part("num_segments"),
      sorted: false,
    }),
  sort,
  argsort,
  norm,
  "linalg.norm": norm,
  "compat.v1.norm": norm,
};
