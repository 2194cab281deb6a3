import { ShapeError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { inspect } from "../json/inspect.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { fourier } from "../program/rules/fourier.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { formatShape } from "../tensor/shape.ts";
import { arange } from "./creation.ts";
import { calculate, type Dimension, dimension, dimensions, filled } from "./dimensions.ts";
import { join } from "./joining.ts";
import { asFloat, asOperand, type OperandLike, rankOf, shapeOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

/** Real and imaginary parts as a graph has them. */
export type SymbolicParts = [real: KerasTensor, imaginary: KerasTensor];
/** Real and imaginary parts as values. */
export type Parts = [real: Numeric, imaginary: Numeric];

/** The lowest frequencies of real numbers. */
export function realTransform(x: Operand, length: number | null): Parts {
  const real = sized(expectPrecise("rfft", asFloat(x)), length);
  const half = calculate("add", calculate("floor_div", dimension(real, -1), 2), 1);
  const [first, second] = fourier([real, filled(dimensions(real), 0, dtypeOf(real))], false);
  return [firstOf(first, half), firstOf(second, half)];
}

/** Real numbers of the lowest of their frequencies; the others are those conjugated. */
export function realInverse([real, imaginary]: readonly [Operand, Operand], length: number | null): Numeric {
  const bins = shapeOf(real).at(-1)!;
  const size = length ?? (bins === null ? null : 2 * (bins - 1));
  if (size !== null && size < 1)
    throw new ShapeError("irfft", `expected at least 2 frequencies, or fft_length, received ${bins}.`);
  const half = size === null ? null : Math.floor(size / 2) + 1;
  // From the last back to the second: the last frequency stands twice where the size is odd.
  const isOdd = size !== null && size % 2 === 1;
  const whole = [sized(real, half), sized(imaginary, half)].map((part, i) => {
    const mirrored = sliceAxis(part, rankOf(part) - 1, isOdd ? -1 : -2, 0, -1);
    return join([part, i === 0 ? mirrored : prim("neg", [mirrored])], -1);
  });
  return fourier(whole as Parts, true)[0];
}

/** Real and imaginary parts, of float32 or float64. */
export function partsOf(where: string, x: readonly OperandLike[]): [Operand, Operand] {
  const [real, imaginary] = x;
  if (x.length !== 2 || real === undefined || imaginary === undefined)
    throw new ShapeError(where, `expected [real, imaginary], received ${inspect(x)}.`);
  const shapes = [real, imaginary].map((part) => formatShape(shapeOf(part)));
  if (shapes[0] !== shapes[1] || rankOf(real) === 0)
    throw new ShapeError(where, `expected two parts of one shape, received ${shapes.join(" and ")}.`);
  return [expectPrecise(where, asOperand(real)), expectPrecise(where, asOperand(imaginary))];
}

function expectPrecise(where: string, operand: Operand): Operand {
  const dtype = dtypeOf(operand);
  if (dtype === "float32" || dtype === "float64") return operand;
  throw new ShapeError(where, `expected float32 or float64, received ${dtype}.`);
}

/** The last axis with so many elements: cut off behind, or zeros there. */
function sized(x: Operand, length: number | null): Operand {
  const axis = rankOf(x) - 1;
  const size = shapeOf(x)[axis];
  if (length === null || size === length) return x;
  const more = typeof size === "number" ? Math.max(0, length - size) : length;
  const padding = shapeOf(x).map((_, i): [number, number] => [0, i === axis ? more : 0]);
  const wide = more === 0 ? x : piecePrim("pad", [x], { padding, mode: "constant", value: 0 });
  return shapeOf(wide)[axis] === length ? wide : sliceAxis(wide, axis, 0, length);
}

/** The first elements of the last axis. */
function firstOf(x: Numeric, count: Dimension): Numeric {
  const axis = rankOf(x) - 1;
  if (typeof count === "number") return sliceAxis(x, axis, 0, count);
  return gatherPrim("gather", [x, arange(count)], { axis });
}
