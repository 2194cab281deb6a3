import { ShapeError } from "../errors.ts";
import { axesOf } from "./axes.ts";
import { unary } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { axes, integersField } from "./kinds.ts";
import { asOperand, asResult, rankOf, shapeOf } from "./operands.ts";
import { without } from "./reduction.ts";
import { targetShape } from "./value-kinds.ts";

/** Another shape for the same elements; one dimension may be -1, which is worked out. */
export const reshape = /* @__PURE__ */ unary(
  "numpy.Reshape",
  (x, { newshape }) => reshapeTo(x, newshape),
  () => ({
    /** The shape of the result; one size may be -1, which is worked out. */
    newshape: targetShape(),
  }),
);

/** All elements in one dimension. */
export const ravel = /* @__PURE__ */ unary("numpy.Ravel", (x) => reshapeTo(x, [-1]));

/** New axes of size 1, at these places of the result. */
export const expandDims = /* @__PURE__ */ unary(
  "numpy.ExpandDims",
  (x, { axis }) => {
    const list = typeof axis === "number" ? [axis] : axis;
    const rank = rankOf(x) + list.length;
    const added = axesOf(list, rank, "expandDims");
    const target = dimensions(x);
    for (const at of added) target.splice(at, 0, 1);
    return reshapeTo(x, target);
  },
  () => ({
    /** Where the new axis, or axes, are in the result. */
    axis: integersField(),
  }),
);

/** Without axes of size 1: those named, or all. */
export const squeeze = /* @__PURE__ */ unary(
  "numpy.Squeeze",
  (x, { axis }) => {
    const shape = shapeOf(x);
    const dropped =
      axis === null ? [...shape.keys()].filter((i) => shape[i] === 1) : axesOf(axis, shape.length, "squeeze");
    const wide = dropped.find((i) => shape[i] !== 1 && shape[i] !== null);
    if (wide !== undefined) {
      throw new ShapeError("squeeze", `expected axis ${wide} to have size 1, received ${shape[wide]}.`);
    }
    return without(asResult(asOperand(x)), dropped);
  },
  () => ({
    /** The axis, or axes, of size 1 that go. Defaults to all of size 1. */
    axis: axes(),
  }),
);
