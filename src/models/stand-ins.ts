import { KerasTensor } from "../graph/graph.ts";
import { isDict, type Nested } from "../graph/nested.ts";
import { checkLevel } from "../json/depth.ts";
import type { JsonObject } from "../json/json.ts";
import type { Layer } from "../layers/layer.ts";
import { Value } from "../program/value.ts";
import { type DType, isDType } from "../tensor/dtype.ts";
import { isShape } from "../tensor/shape.ts";
import { memberOf } from "./own-inputs.ts";

/**
 * Abstract inputs of these shapes, in lists and dicts as the shapes are: of one dtype, or of those that a model's own
 * inputs have in these places.
 */
export function standIns(
  shapes: unknown,
  like: DType | Nested<KerasTensor> | undefined = "float32",
  level = 0,
): unknown {
  checkLevel(level);
  const inside = (item: unknown, key: string | number) =>
    standIns(item, typeof like === "string" ? like : memberOf(like, key), level + 1);
  if (isShape(shapes)) return new Value(shapes, dtypeOf(like));
  if (Array.isArray(shapes)) return shapes.map(inside);
  if (!isDict(shapes)) return shapes;
  return Object.fromEntries(Object.entries(shapes).map(([key, item]) => [key, inside(item, key)]));
}

function dtypeOf(like: DType | Nested<KerasTensor>): DType {
  if (typeof like === "string") return like;
  return like instanceof KerasTensor && isDType(like.dtype) ? like.dtype : "float32";
}

/** Abstract arguments for a call of a layer, of the shapes in its `build_config`; none where it says none. */
export function standInArguments(layer: Layer, config: JsonObject, dtype?: DType): Record<string, unknown> {
  const { input_shape: shape, shapes_dict: shapes } = config;
  const { first } = layer.constructor.signature;
  const given = isDict(shapes) ? shapes : shape ? { [first]: shape } : {};
  return Object.fromEntries(
    Object.entries(given).map(([key, item]) => [key.replace(/_shape$/, ""), standIns(item, dtype)]),
  );
}
