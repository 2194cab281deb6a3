import type { Model } from "../models/model.ts";
import { castTensor } from "../tensor/cast.ts";
import { full } from "../tensor/create.ts";
import { isFloat, isNumericDType } from "../tensor/dtype.ts";
import { foldIn, threefryKey, uniform } from "../tensor/random.ts";
import { heldRows, type RowSource } from "./array-file.ts";
import { UsageError } from "./command.ts";

/** Sizes of dimensions that may vary: of images, and of anything else. */
const OPEN_IMAGE = 64;
const OPEN = 16;

/** One sample for each input, the same every time: numbers from 0 to 1, for integers zeros. */
export function drawInputs(model: Model): RowSource[] {
  return model.inputs.map(({ shape, dtype }, i) => {
    if (!isNumericDType(dtype))
      throw new UsageError(`expected --input, received nothing: no ${String(dtype)} can be drawn.`);
    const sizes = shape.map((size, axis) => size ?? (axis === 0 ? 1 : shape.length >= 4 ? OPEN_IMAGE : OPEN));
    if (!isFloat(dtype)) return heldRows(full(sizes, dtype === "bool" ? true : 0, dtype));
    return heldRows(castTensor(uniform(foldIn(threefryKey(0), i), sizes), dtype));
  });
}
