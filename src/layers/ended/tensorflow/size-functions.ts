import { likeInputs } from "../../../ops/define.ts";
import { broadcastTo, type Dimension, dimensions, filled, reshapeTo } from "../../../ops/dimensions.ts";
import { resize } from "../../../ops/image/resize.ts";
import { asDType, asOperand, type OperandLike } from "../../../ops/operands.ts";
import { stack } from "../../../ops/stacking.ts";
import { isNumericDType } from "../../../tensor/dtype.ts";
import type { GivenArguments } from "./arguments.ts";
import { dimensionsIn, noteSizes } from "./sizes.ts";

/** A function whose result has sizes that only a run may know; undefined where not even then. */
type SizeFunction = (given: GivenArguments) => unknown;

/** The first argument: a tensor or a number. */
function firstOf(given: GivenArguments): OperandLike | undefined {
  const { value } = given.call.x;
  return typeof value === "number" ? value : given.operandAt(value);
}

/** The shape of a tensor, as a tensor. */
function shape(given: GivenArguments): unknown {
  const x = given.operandAt(given.call.x.value);
  if (!x || x.shape.length === 0) return undefined;
  const dtype = given.call.value("out_type", "int32");
  const sizes = stack(dimensions(x).map((size) => asDType(size, "int32")));
  const result = likeInputs([x], isNumericDType(dtype) ? asDType(sizes, dtype) : sizes);
  return noteSizes(result as object, x.shape);
}

/** A function of the first argument and the sizes that another tells. */
function sized(key: string, make: (x: OperandLike, sizes: readonly Dimension[]) => unknown): SizeFunction {
  return (given) => {
    const x = firstOf(given);
    const sizes = dimensionsIn(given.call.value(key), given);
    return x === undefined || !sizes ? undefined : make(x, sizes);
  };
}

/** A tensor of one number, in a shape that stands first. */
function fill(number: number | null): SizeFunction {
  return (given) => {
    const sizes = dimensionsIn(given.call.x.value, given);
    const { value, isFloat } = given.call.part("value");
    if (!sizes || (number === null && typeof value !== "number")) return undefined;
    const own = isFloat || !Number.isInteger(value) ? "float32" : "int32";
    const dtype = number === null ? own : given.call.value("dtype", "float32");
    if (!isNumericDType(dtype)) return undefined;
    return likeInputs(given.operands, filled(sizes, number ?? Number(value), dtype));
  };
}

/** Sizes that are numbers. */
function areKnown(sizes: readonly Dimension[]): sizes is readonly number[] {
  return sizes.every((size) => typeof size === "number");
}

function resized(given: GivenArguments): unknown {
  const x = given.operandAt(given.call.x.value);
  const size = dimensionsIn(given.call.value("size"), given);
  const interpolation = given.call.value("method", "bilinear");
  if (!x || !size || !areKnown(size) || size.length !== 2) return undefined;
  if (given.call.value("preserve_aspect_ratio") === true) return undefined;
  if (interpolation !== "bilinear" && interpolation !== "nearest" && interpolation !== "bicubic")
    return undefined;
  const images =
    interpolation === "nearest" || asOperand(x).dtype.includes("float") ? x : asDType(x, "float32");
  return resize(images, { size, interpolation, antialias: given.call.value("antialias") === true });
}

const functions: Readonly<Record<string, SizeFunction>> = {
  shape,
  "compat.v1.shape": shape,
  reshape: sized("shape", reshapeTo),
  broadcast_to: sized("shape", broadcastTo),
  fill: fill(null),
  zeros: fill(0),
  ones: fill(1),
  "image.resize": resized,
};

/** What a function gives that needs sizes which the file does not say; undefined where that cannot be computed. */
export function computeBySizes(called: string, given: GivenArguments): unknown {
  return Object.hasOwn(functions, called) ? functions[called]!(given) : undefined;
}
