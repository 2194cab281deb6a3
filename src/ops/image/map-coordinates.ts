import { ShapeError } from "../../errors.ts";
import type { ValuesOf } from "../../fields/field.ts";
import { anInteger, refine, required } from "../../fields/kinds.ts";
import { number } from "../../fields/shorthands.ts";
import { formatShape } from "../../tensor/shape.ts";
import { type BinaryOp, binary } from "../define.ts";
import { dimension, reshapeTo } from "../dimensions.ts";
import { asFloat, asOperand, rankOf } from "../operands.ts";
import { squeeze } from "../reshaping.ts";
import { sliceAxis } from "../slice-axis.ts";
import { fillMode, sample } from "./sample.ts";

const order = () => required(refine(anInteger, "0 or 1", (value) => value === 0 || value === 1));

const mapFields = () => ({
  /** 0 takes the nearest element, 1 what lies between the elements around. */
  order: order(),
  /** What stands outside of the input. Defaults to "constant". */
  fill_mode: fillMode("constant"),
  /** The value outside, for `"constant"`. Defaults to 0. */
  fill_value: number(0),
});

type Fields = ReturnType<typeof mapFields>;

/** A tensor read at places: coordinates `(rank of the inputs, ...shape)` give a tensor of that shape. */
export const mapCoordinates: BinaryOp<Fields> = /* @__PURE__ */ binary<Fields>(
  "image.MapCoordinates",
  (x, places, options: ValuesOf<Fields>) => {
    const inputs = asOperand(x);
    const coordinates = asFloat(places);
    const rank = rankOf(inputs);
    if (coordinates.shape[0] !== rank || rankOf(coordinates) < 2) {
      throw new ShapeError(
        "image",
        `expected coordinates of shape (${rank}, …), received ${formatShape(coordinates.shape)}.`,
      );
    }
    const along = Array.from({ length: rank }, (_, axis) => ({
      at: squeeze(sliceAxis(coordinates, 0, axis, axis + 1), { axis: 0 }),
      size: dimension(inputs, axis),
    }));
    const { order, fill_mode: mode, fill_value: fill } = options;
    return sample(reshapeTo(inputs, [-1]), along, { isLinear: order === 1, mode, fill });
  },
  mapFields,
  { tensors: ["inputs", "coordinates"] },
);
