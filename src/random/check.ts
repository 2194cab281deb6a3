import { ConfigError, ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { Dimension } from "../ops/dimensions.ts";
import { isOperand } from "../ops/operands.ts";
import { checkDType } from "../tensor/create.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import type { RandomFloat } from "../tensor/random.ts";
import type { RandomInteger } from "../tensor/random-integers.ts";

/** Complains about what is no shape of numbers to draw. */
export function checkShape(where: string, shape: readonly Dimension[]): void {
  const isDimension = (n: unknown) => (Number.isInteger(n) && (n as number) >= 0) || isOperand(n);
  if (Array.isArray(shape) && shape.every(isDimension)) return;
  throw new ShapeError(where, `expected a shape, a list of dimensions, received ${inspect(shape)}.`);
}

/** A number that a drawing depends on. */
export function finite(where: string, name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new ConfigError(where, `expected ${name} to be a number, received ${inspect(value)}.`);
}

/** The dtype of what is drawn, a float; float32 where none is said. */
export function floatIn(where: string, dtype: DType | null = null): RandomFloat {
  if (dtype === null) return "float32";
  checkDType(dtype);
  if (isFloat(dtype)) return dtype as RandomFloat;
  throw new ConfigError(where, `expected a float dtype, received ${dtype}.`);
}

/** The dtype of what is drawn, an integer; int32 where none is said. */
export function integerIn(where: string, dtype: DType | null = null): RandomInteger {
  if (dtype === null) return "int32";
  checkDType(dtype);
  if (/^u?int/.test(dtype)) return dtype as RandomInteger;
  throw new ConfigError(where, `expected an integer dtype, received ${dtype}.`);
}
