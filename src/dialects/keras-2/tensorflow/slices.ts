import type { JsonArray, JsonObject, JsonValue } from "../../../json/json.ts";
import { isDict } from "../../change.ts";
import type { Call } from "./call.ts";
import { historyOf, isIntegerList, isNumberList, part } from "./part.ts";

/** A slice as Keras 3 writes it. */
export function sliceOf(start: JsonValue, stop: JsonValue, step: JsonValue): JsonObject {
  return { class_name: "__slice__", config: { start, stop, step } };
}

const ellipsis: JsonObject = { class_name: "__ellipsis__", config: {} };

const isBound = (value: JsonValue | undefined) => value === null || Number.isInteger(value);

/** One item of an index as Keras 2 writes it, as Keras 3 does; undefined where only a run knows it. */
function itemOf(item: JsonValue): JsonValue | undefined {
  if (isBound(item)) return item;
  if (!isDict(item)) return undefined;
  if (item.class_name === "__ellipsis__") return ellipsis;
  if (item.class_name !== undefined) return undefined;
  const { start = null, stop = null, step = null } = item;
  return [start, stop, step].every(isBound) ? sliceOf(start, stop, step) : undefined;
}

/** `x[…]`. */
export function getItem(call: Call): string | undefined {
  const spec = call.value("slice_spec");
  const items = Array.isArray(spec) ? spec.map(itemOf) : [itemOf(spec)];
  if (!items.every((item) => item !== undefined)) return "is an index that only a run knows";
  emitItems(call, Array.isArray(spec) ? items : items[0]!);
  return undefined;
}

/** An index of one place is written as that; Keras 3.6 takes no slice alone. */
function emitItems(call: Call, items: JsonValue): void {
  const list = Array.isArray(items) ? items : [items];
  const [only] = list.length === 1 ? list : [];
  call.emit("numpy.GetItem", [call.x, part(Number.isInteger(only) ? only! : list)]);
}

/** A part that begins somewhere and has a size, -1 being all that is left. */
export function sliceBySize(call: Call): string | undefined {
  const [begin, size] = [call.value("begin"), call.value("size")];
  if (!isIntegerList(begin) || !isIntegerList(size) || begin.length !== size.length)
    return "is cut at places that only a run knows";
  emitItems(
    call,
    begin.map((start, i) =>
      start === 0 && size[i] === -1
        ? sliceOf(null, null, null)
        : sliceOf(start, size[i] === -1 ? null : start + size[i]!, null),
    ),
  );
  return undefined;
}

/** An index in numbers and masks of bits: what is left open, what is a place, a new axis, or all that is between. */
export function stridedSlice(call: Call): string | undefined {
  const [begin, end] = [call.value("begin"), call.value("end")];
  const strides = call.value("strides") ?? (Array.isArray(begin) ? begin.map(() => 1) : null);
  if (!isIntegerList(begin) || !isIntegerList(end) || !isIntegerList(strides))
    return "is cut at places that only a run knows";
  const bit = (key: string, i: number) => ((Number(call.value(key, 0)) >> i) & 1) === 1;
  emitItems(
    call,
    begin.map((start, i) => {
      if (bit("ellipsis_mask", i)) return ellipsis;
      if (bit("new_axis_mask", i)) return null;
      if (bit("shrink_axis_mask", i)) return start;
      const step = strides[i] === 1 ? null : strides[i]!;
      return sliceOf(bit("begin_mask", i) ? null : start, bit("end_mask", i) ? null : end[i]!, step);
    }),
  );
  return undefined;
}

/** The places of one axis where a list of booleans has true. */
export function booleanMask(call: Call): string | undefined {
  const mask = call.value("mask");
  if (!isNumberList(mask) || mask.some((item) => typeof item !== "boolean"))
    return "leaves out what only a run knows";
  const places = mask.flatMap((isKept, i) => (isKept ? [i] : []));
  call.emit("numpy.Take", [call.x, part(places)], { axis: call.part("axis", 0) });
  return undefined;
}

/** Sizes that only a run knows, and that a new shape has: those that are no integers. */
function openIn(shape: JsonArray): number[] {
  return shape.flatMap((size, i) => (Number.isInteger(size) ? [] : [i]));
}

/** Another shape. One size may be open; with two, the first must be the tensor's own number of samples. */
export function reshape(call: Call): string | undefined {
  const { value: shape } = call.part("shape");
  const history = historyOf(shape);
  if (!Array.isArray(shape))
    return history && call.about.shapeOf(history)
      ? "takes the shape of another tensor"
      : "takes a shape that only a run knows";
  const open = openIn(shape);
  if (open.length === 0 || (open.length === 1 && !shape.includes(-1))) {
    const newshape = shape.map((size) => (Number.isInteger(size) ? size : -1));
    call.emit("numpy.Reshape", [call.x], { newshape });
    return undefined;
  }
  const first = historyOf(shape[0]);
  const batch = first && call.about.sizeOf(first);
  const own = historyOf(call.x.value);
  const isOwn = batch && own && batch.axis === 0 && String(historyOf(batch.of.value)) === String(own);
  if (!isOwn || open.length > 1) return "takes a shape with sizes that only a run knows";
  call.emit("layer.Reshape", [call.x], { target_shape: shape.slice(1) });
  return undefined;
}

/** The integers of an argument, or the problem that they are not known. */
export function knownIntegers(call: Call, key: string): number[] | null {
  const value = call.value(key);
  return isIntegerList(value) ? value : null;
}

/** The parts of a list, which is what some functions take first. */
export function itemsOf(call: Call): JsonArray | null {
  return Array.isArray(call.x.value) && !isNumberList(call.x.value) ? call.x.value : null;
}
