import type { JsonObject, JsonValue } from "../../../json/json.ts";
import type { Call, Row, Rows } from "./call.ts";
import { isIntegerList, isNumberList } from "./part.ts";

/**
 * The sizes along the axes of space: all axes may be told, those of samples and channels as 1;
 * equal ones are one.
 */
function alongSpace(value: JsonValue, rank: number | null): JsonValue | null {
  if (Number.isInteger(value)) return value;
  if (!isIntegerList(value)) return null;
  const isWhole = rank !== null && value.length === rank + 2 && value[0] === 1 && value.at(-1) === 1;
  const sizes = isWhole ? value.slice(1, -1) : value;
  if (sizes.length > 0 && sizes.every((size) => size === sizes[0])) return sizes[0]!;
  return rank === null || sizes.length === rank ? sizes : null;
}

function isChannelsLast(call: Call): boolean {
  const format = call.value("data_format", "N");
  return typeof format === "string" && !format.startsWith("NC");
}

/** How a window moves; null where that cannot be said. */
function movesOf(call: Call, rank: number | null, ...keys: string[]): JsonValue | null {
  const { value } = call.any("strides", ...keys);
  return alongSpace(value ?? 1, rank);
}

function paddingOf(call: Call): string | null {
  const padding = call.value("padding", "VALID");
  return padding === "VALID" || padding === "SAME" ? padding.toLowerCase() : null;
}

const notAlike = "has windows that differ by samples or channels, or a padding of its own";
const channelsFirst = "has its channels in front";

function pool(path: string, rank: number | null, key = "ksize"): Row {
  return (call) => {
    if (!isChannelsLast(call)) return channelsFirst;
    const pool_size = alongSpace(call.value(key), rank);
    const [strides, padding] = [movesOf(call, rank), paddingOf(call)];
    if (pool_size === null || strides === null || padding === null) return notAlike;
    call.emit(path, [call.x], { pool_size, strides, padding, data_format: "channels_last" });
    return undefined;
  };
}

/** Pools by name. */
function anyPool(call: Call): string | undefined {
  const dilations = call.value("dilations") ?? call.value("dilation_rate");
  if (dilations !== null && ![dilations].flat().every((rate) => rate === 1))
    return "leaves gaps in its windows";
  const name = call.value("pooling_type") === "MAX" ? "nn.MaxPool" : "nn.AveragePool";
  return pool(name, null, "window_shape")(call);
}

/** The padding of each axis, before and behind. */
function explicit(value: JsonValue): JsonValue[] | null {
  return isNumberList(value) && value.every((pair) => isIntegerList(pair) && pair.length === 2)
    ? value
    : null;
}

function convolve(path: string, rank: number | null): Row {
  return (call) => {
    if (!isChannelsLast(call)) return channelsFirst;
    const widths = explicit(call.value("padding"));
    const padding = widths ? "valid" : paddingOf(call);
    const strides = movesOf(call, rank, "stride");
    const dilation_rate = alongSpace(call.any("dilations", "dilation_rate", "rate").value ?? 1, rank);
    if (strides === null || dilation_rate === null || padding === null) return notAlike;
    const x = widths
      ? call.emit("numpy.Pad", [call.x], { pad_width: widths, mode: "constant" }, { constant_values: null })
      : call.x;
    const options: JsonObject = { strides, padding, data_format: "channels_last", dilation_rate };
    call.emit(path, [x, call.any("filters", "filter")], options);
    return undefined;
  };
}

function biasAdd(call: Call): string | undefined {
  if (!isChannelsLast(call)) return channelsFirst;
  call.emit("numpy.Add", [call.x, call.part("bias")]);
  return undefined;
}

/** A crossentropy of what is true, which comes first here, and what is predicted. */
function crossentropy(path: string, output: string, isOfLogits: boolean): Row {
  return (call) => {
    const from_logits = isOfLogits || call.value("from_logits") === true;
    const target = call.has("labels") && call.x.value === null ? call.part("labels") : call.x;
    const axis = path === "nn.BinaryCrossentropy" ? {} : { axis: call.part("axis", -1) };
    call.emit(path, [target, call.part(output)], { from_logits, ...axis });
    return undefined;
  };
}

/** Functions that networks are made of. */
export const networks: Rows = {
  "nn.max_pool": pool("nn.MaxPool", null),
  "nn.max_pool1d": pool("nn.MaxPool", 1),
  "nn.max_pool2d": pool("nn.MaxPool", 2),
  "nn.max_pool3d": pool("nn.MaxPool", 3),
  "compat.v1.nn.max_pool": pool("nn.MaxPool", 2),
  "nn.avg_pool": pool("nn.AveragePool", null),
  "nn.avg_pool1d": pool("nn.AveragePool", 1),
  "nn.avg_pool2d": pool("nn.AveragePool", 2),
  "nn.avg_pool3d": pool("nn.AveragePool", 3),
  "compat.v1.nn.avg_pool": pool("nn.AveragePool", 2),
  "nn.pool": anyPool,
  "compat.v1.nn.pool": anyPool,
  "nn.conv1d": convolve("nn.Conv", 1),
  "nn.conv2d": convolve("nn.Conv", 2),
  "nn.conv3d": convolve("nn.Conv", 3),
  "nn.convolution": convolve("nn.Conv", null),
  "compat.v1.nn.conv1d": convolve("nn.Conv", 1),
  "compat.v1.nn.conv2d": convolve("nn.Conv", 2),
  "compat.v1.nn.convolution": convolve("nn.Conv", null),
  "nn.depthwise_conv2d": convolve("nn.DepthwiseConv", 2),
  "compat.v1.nn.depthwise_conv2d": convolve("nn.DepthwiseConv", 2),
  "nn.bias_add": biasAdd,
  "compat.v1.nn.bias_add": biasAdd,
  "nn.sigmoid_cross_entropy_with_logits": crossentropy("nn.BinaryCrossentropy", "logits", true),
  "compat.v1.nn.softmax_cross_entropy_with_logits_v2": crossentropy(
    "nn.CategoricalCrossentropy",
    "logits",
    true,
  ),
  "nn.softmax_cross_entropy_with_logits": crossentropy("nn.CategoricalCrossentropy", "logits", true),
  "nn.sparse_softmax_cross_entropy_with_logits": crossentropy(
    "nn.SparseCategoricalCrossentropy",
    "logits",
    true,
  ),
  "keras.backend.binary_crossentropy": crossentropy("nn.BinaryCrossentropy", "output", false),
  "keras.backend.categorical_crossentropy": crossentropy("nn.CategoricalCrossentropy", "output", false),
  "keras.backend.sparse_categorical_crossentropy": crossentropy(
    "nn.SparseCategoricalCrossentropy",
    "output",
    false,
  ),
};
