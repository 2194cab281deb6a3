import type { KerasTensor } from "../../../graph/graph.ts";
import { attachment } from "../../../json/attachment.ts";

const shapes = /* @__PURE__ */ attachment<KerasTensor>();
const sizes = /* @__PURE__ */ attachment<{ readonly of: KerasTensor; readonly axis: number }>();

/** The tensor of a graph whose shape a tensor is; undefined where it is none. */
export function shapeSource(tensor: object | undefined): KerasTensor | undefined {
  return tensor && shapes.get(tensor);
}

/** The tensor of a graph of whose shape a tensor is one size, and the axis; undefined where it is none. */
export function sizeSource(tensor: object | undefined) {
  return tensor && sizes.get(tensor);
}

/** Says what a call gave, where that is a shape or one size of it. */
export function noteSource(called: string, x: unknown, kwargs: object, result: unknown): void {
  if (typeof result !== "object" || result === null || typeof x !== "object" || x === null) return;
  if (called === "shape" || called === "compat.v1.shape") shapes.set(result, x as KerasTensor);
  const of = called === "__operators__.getitem" ? shapes.get(x) : undefined;
  const spec = "slice_spec" in kwargs ? kwargs.slice_spec : null;
  const [axis = null] = Array.isArray(spec) ? spec : [spec];
  if (of && Number.isInteger(axis)) sizes.set(result, { of, axis });
}
