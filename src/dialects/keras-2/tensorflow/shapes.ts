import type { JsonArray, JsonValue } from "../../../json/json.ts";
import type { Call, Row, Rows } from "./call.ts";
import { unary } from "./elementwise.ts";
import { arrayOf, historyOf, isIntegerList, isNumberList, type Part, part } from "./part.ts";
import {
  booleanMask,
  getItem,
  itemsOf,
  knownIntegers,
  reshape,
  sliceBySize,
  sliceOf,
  stridedSlice,
} from "./slices.ts";

/** The list that a function takes first, of which numbers in lists are tensors. */
function join(path: string): Row {
  return (call) => {
    const items = itemsOf(call);
    if (!items) return "needs a list of tensors";
    const tensors = items.map((item) => (isNumberList(item) ? arrayOf(item, "float32") : item));
    call.emit(path, [part(tensors)], {
      axis: call.has("concat_dim") ? call.part("concat_dim") : call.part("axis", 0),
    });
    return undefined;
  };
}

/** A single axis in a list is that axis. */
function axisIn({ value, isFloat }: Part): Part {
  const [only] = Array.isArray(value) && value.length === 1 ? value : [value];
  return { value: only ?? null, isFloat };
}

function squeeze(call: Call): undefined {
  const { value } = call.any("axis", "squeeze_dims");
  call.emit("numpy.Squeeze", [call.x], {
    axis: Array.isArray(value) && value.length === 0 ? null : axisIn(part(value)),
  });
}

/** Where a tensor is split so that its parts have these sizes; the last may be -1, what is left. */
function split(call: Call): string | undefined {
  const { value } = call.part("num_or_size_splits");
  if (!isIntegerList(value) && !Number.isInteger(value)) return "splits at places that only a run knows";
  const axis = call.part("axis", 0);
  if (!Array.isArray(value)) {
    call.emit("numpy.Split", [call.x], { indices_or_sections: value, axis });
    return undefined;
  }
  const sizes = value.slice(0, -1) as number[];
  if (sizes.includes(-1)) return "splits at places that are counted from behind";
  let place = 0;
  const places = sizes.map((size) => {
    place += size;
    return place;
  });
  call.emit("numpy.Split", [call.x], { indices_or_sections: places, axis });
  return undefined;
}

function tile(call: Call): string | undefined {
  const repeats = knownIntegers(call, "multiples");
  if (!repeats) return "repeats as often as only a run knows";
  call.emit("numpy.Tile", [call.x], { repeats });
  return undefined;
}

function repeat(call: Call): string | undefined {
  const repeats = call.value("repeats");
  if (!Number.isInteger(repeats) && !isIntegerList(repeats)) return "repeats as often as only a run knows";
  call.emit("numpy.Repeat", [call.x], { repeats, axis: call.part("axis") });
  return undefined;
}

function pad(call: Call): string | undefined {
  const widths = call.value("paddings");
  if (!isNumberList(widths)) return "pads as much as only a run knows";
  const mode = String(call.value("mode", "CONSTANT")).toLowerCase();
  const value = call.part("constant_values", 0);
  const isZero = value.value === 0 || mode !== "constant";
  call.emit("numpy.Pad", [call.x], { pad_width: widths, mode }, { constant_values: isZero ? null : value });
  return undefined;
}

/** A tensor in the shape of another, or in one that is known. */
function broadcastTo(call: Call): string | undefined {
  const { value: shape } = call.part("shape");
  const history = historyOf(shape);
  const other = history && call.about.shapeOf(history);
  if (isIntegerList(shape)) call.emit("numpy.BroadcastTo", [call.x], { shape });
  else if (other) {
    const dtype = call.dtypeOf(call.x);
    call.emit("numpy.Add", [call.x, call.emit("numpy.ZerosLike", [other], {}, { dtype })]);
  } else return "takes a shape that only a run knows";
  return undefined;
}

/** A tensor of one number, in the shape of another or with as many samples as another. */
function filled(value: (call: Call) => Part): Row {
  return (call) => {
    const number = value(call);
    const own = number.isFloat || !Number.isInteger(number.value) ? "float32" : "int32";
    const dtype = call.has("value") ? own : call.value("dtype", "float32");
    const full = (like: Part) => call.emit("numpy.FullLike", [like, number], {}, { dtype });
    const history = historyOf(call.x.value);
    const other = history && call.about.shapeOf(history);
    if (other) {
      full(other);
      return undefined;
    }
    const [first = null, ...rest] = Array.isArray(call.x.value) ? call.x.value : [];
    const batch = historyOf(first);
    const size = batch && call.about.sizeOf(batch);
    if (size?.axis !== 0 || !isIntegerList(rest)) return "takes a shape that only a run knows";
    const one = call.emit("layer.Flatten", [size.of], { data_format: "channels_last" });
    const whole = sliceOf(null, null, null);
    const column = full(call.emit("numpy.GetItem", [one, part([whole, sliceOf(0, 1, null)])]));
    const count = rest.reduce((product, each) => product * each, 1);
    const rows = call.emit("numpy.Tile", [column], { repeats: [1, count] });
    if (rest.length !== 1) call.emit("numpy.Reshape", [rows], { newshape: [-1, ...rest] });
    return undefined;
  };
}

/** The places along an axis of a tensor, of which the size is the limit: all, or one of so many, from one on. */
function range(call: Call): string | undefined {
  const [start, limit] = call.has("limit") ? [call.x, call.part("limit")] : [part(0), call.x];
  const step = call.part("delta", 1);
  const [first, by] = [start.value, step.value];
  if (!isCount(first) || !isCount(by) || by === 0)
    return "counts down, or from a number that only a run knows";
  const history = historyOf(limit.value);
  const size = history && call.about.sizeOf(history);
  if (!size) return "counts to a number that only a run knows";
  const front =
    size.axis === 0 ? size.of : call.emit("numpy.Swapaxes", [size.of], { axis1: 0, axis2: size.axis });
  const rows = call.emit("layer.Flatten", [front], { data_format: "channels_last" });
  const each = call.emit("numpy.GetItem", [rows, part([sliceOf(first, null, by), 0])]);
  const dtype = call.value("dtype") ?? (start.isFloat || step.isFloat ? "float32" : "int32");
  const ones = call.emit("numpy.OnesLike", [each], {}, { dtype });
  const counted = call.emit("numpy.Cumsum", [ones], { axis: 0, dtype: null });
  const apart = by === 1 ? counted : call.emit("numpy.Multiply", [counted, part(by)]);
  call.emit("numpy.Add", [apart, part(first - by)]);
  return undefined;
}

function isCount(value: JsonValue): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function gather(call: Call): string | undefined {
  if (call.value("batch_dims", 0) !== 0) return "takes other places of each sample";
  call.emit("numpy.Take", [call.x, call.part("indices")], { axis: call.part("axis", 0) });
  return undefined;
}

function transpose(call: Call): string | undefined {
  const axes = call.value("perm");
  if (axes !== null && !isIntegerList(axes)) return "orders axes as only a run knows";
  call.emit("numpy.Transpose", [call.x], { axes });
  return undefined;
}

const lastTwo = { axis1: -2, axis2: -1 };

/** The entries near the diagonal of matrices: as many below it and above it; -1 is all. */
function bandPart(call: Call): string | undefined {
  const [below, above] = [call.value("num_lower"), call.value("num_upper")];
  if (!Number.isInteger(below) || !Number.isInteger(above)) return "leaves out what only a run knows";
  const upper = above === -1 ? call.x : call.emit("numpy.Tril", [call.x], { k: above });
  if (below !== -1) call.emit("numpy.Triu", [upper], { k: 0 - Number(below) });
  else if (above === -1) call.emit("numpy.Copy", [call.x]);
  return undefined;
}

function oneHot(call: Call): string | undefined {
  const depth = call.value("depth");
  if (!Number.isInteger(depth)) return "has as many classes as only a run knows";
  const [on, off] = [call.value("on_value", 1), call.value("off_value", 0)];
  if (typeof on !== "number" || typeof off !== "number") return "has values that only a run knows";
  const options = {
    num_classes: depth,
    axis: call.part("axis", -1),
    dtype: call.part("dtype"),
    sparse: false,
  };
  const hot = call.emit("nn.OneHot", [call.x], options);
  const scaled = on - off === 1 ? hot : call.emit("numpy.Multiply", [hot, part(on - off)]);
  if (off !== 0) call.emit("numpy.Add", [scaled, part(off)]);
  return undefined;
}

/** Which places of sequences are within their lengths. */
function sequenceMask(call: Call): string | undefined {
  const longest = call.value("maxlen");
  if (!Number.isInteger(longest) || Number(longest) > MOST_PLACES) return "is as long as only a run knows";
  const places: JsonArray = Array.from({ length: Number(longest) }, (_, i) => i);
  const lengths = call.emit("numpy.ExpandDims", [call.x], { axis: -1 });
  const isInside = call.emit("numpy.Less", [part(places), lengths]);
  const dtype = call.value("dtype", "bool");
  if (dtype !== "bool") call.emit("core.Cast", [isInside], { dtype });
  return undefined;
}

/** More places than sequences have. */
const MOST_PLACES = 100_000;

function layer(name: string, config: Readonly<Record<string, JsonValue>>): Row {
  return (call) => void call.emit(`layer.${name}`, [call.x], config);
}

function blocks(name: string): Row {
  return (call) => {
    if (call.value("data_format", "NHWC") !== "NHWC") return "has its channels in front";
    call.emit(`nn.${name}`, [call.x], { block_size: call.part("block_size"), data_format: "channels_last" });
    return undefined;
  };
}

/** Functions that put the same numbers into another shape or order, or take some of them. */
export const shapes: Rows = {
  "__operators__.getitem": getItem,
  slice: sliceBySize,
  strided_slice: stridedSlice,
  "compat.v1.strided_slice": stridedSlice,
  "compat.v1.boolean_mask": booleanMask,
  reshape,
  transpose,
  "compat.v1.transpose": transpose,
  "linalg.matrix_transpose": (call) => void call.emit("numpy.Swapaxes", [call.x], lastTwo),
  "linalg.adjoint": (call) => void call.emit("numpy.Swapaxes", [call.x], lastTwo),
  expand_dims: (call) => void call.emit("numpy.ExpandDims", [call.x], { axis: call.part("axis") }),
  "compat.v1.expand_dims": (call) =>
    void call.emit("numpy.ExpandDims", [call.x], { axis: call.any("axis", "dim") }),
  squeeze,
  "compat.v1.squeeze": squeeze,
  concat: join("numpy.Concatenate"),
  stack: join("numpy.Stack"),
  split,
  unstack: (call) =>
    void call.emit("core.Unstack", [call.x], { num: call.part("num"), axis: call.part("axis", 0) }),
  reverse: (call) => void call.emit("numpy.Flip", [call.x], { axis: axisIn(call.part("axis")) }),
  roll: (call) =>
    void call.emit("numpy.Roll", [call.x], { shift: call.part("shift"), axis: call.part("axis") }),
  tile,
  repeat,
  pad,
  "compat.v1.pad": pad,
  broadcast_to: broadcastTo,
  fill: filled((call) => call.part("value")),
  zeros: filled(() => part(0)),
  ones: filled(() => part(1)),
  range,
  gather,
  "compat.v1.gather": gather,
  "compat.v1.nn.embedding_lookup": (call) =>
    void call.emit("numpy.Take", [call.x, call.part("ids")], { axis: 0 }),
  "linalg.band_part": bandPart,
  "linalg.diag_part": (call) =>
    void call.emit("numpy.Diagonal", [call.x], { offset: call.part("k", 0), ...lastTwo }),
  "linalg.trace": (call) => void call.emit("numpy.Trace", [call.x], { offset: 0, ...lastTwo }),
  one_hot: oneHot,
  sequence_mask: sequenceMask,
  rank: unary("numpy.Ndim"),
  size: unary("numpy.Size"),
  "compat.v1.size": unary("numpy.Size"),
  "keras.backend.batch_flatten": layer("Flatten", { data_format: "channels_last" }),
  "nn.depth_to_space": blocks("DepthToSpace"),
  "nn.space_to_depth": blocks("SpaceToDepth"),
};
