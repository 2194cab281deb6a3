import { CeratopsError } from "../errors.ts";
import { isDict, type Nested } from "../graph/nested.ts";
import type { JsonObject } from "../json/json.ts";
import type { Layer } from "../layers/layer.ts";
import { Value } from "../program/value.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * Builds a model that has no `build` of its own by a call on inputs of the shapes in its `build_config`. One that
 * cannot be called so, because it takes other dtypes perhaps, is left to be built by its first call.
 */
export function buildByCall(model: Layer, config: JsonObject): void {
  const { input_shape: shape, shapes_dict: shapes } = config;
  const { first } = model.constructor.signature;
  const given = shape !== undefined ? { [`${first}_shape`]: shape } : isDict(shapes) ? shapes : {};
  const inputs: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(given))
    inputs[key.replace(/_shape$/, "")] = standIns(item as never);
  if (model.built || Object.keys(inputs).length === 0) return;
  try {
    model.invoke([], inputs);
  } catch (error) {
    if (!(error instanceof CeratopsError)) throw error;
    model.built = false;
  }
}

/** Abstract inputs of these shapes. */
export function standIns(shapes: Nested<number | null>): unknown {
  if (Array.isArray(shapes)) {
    const isShape = shapes.every((item) => item === null || typeof item === "number");
    return isShape ? new Value(shapes as Shape, "float32") : shapes.map(standIns);
  }
  if (!isDict(shapes)) return shapes;
  return Object.fromEntries(Object.entries(shapes).map(([key, item]) => [key, standIns(item as never)]));
}
