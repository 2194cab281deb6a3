import { ShapeError } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { type Kind, optional } from "../fields/kinds.ts";
import { copyJson } from "../json/copy.ts";
import { readEnvelope } from "../registry/object-field.ts";
import { serialize } from "../registry/serialize.ts";
import { castTensor, fromNested, full, type NestedArray } from "../tensor/create.ts";
import { arrayType, type DType } from "../tensor/dtype.ts";
import { formatShape, type StaticShape, sizeOf, stridesOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkWanted, kerasInitializer } from "./initializer.ts";

/** All zeros. */
export class Zeros extends kerasInitializer("Zeros", {}) {
  override create(shape: StaticShape, dtype: DType) {
    checkWanted(this, shape, dtype);
    return full(shape, 0, dtype);
  }
}

/** All ones. */
export class Ones extends kerasInitializer("Ones", {}) {
  override create(shape: StaticShape, dtype: DType) {
    checkWanted(this, shape, dtype);
    return full(shape, 1, dtype);
  }
}

type ConstantValue = NestedArray | Tensor;

const aConstant: Kind<ConstantValue, ConstantValue> = {
  kind: "constant",
  expected: "a number, a boolean, a tensor or nested lists of numbers",
  schema: {
    anyOf: [{ type: ["number", "boolean", "array"] }, { type: "object", required: ["class_name"] }],
  },
  float: true,
  parse(input, problems) {
    const value = readEnvelope(input, problems);
    const fits =
      typeof value === "number" ||
      typeof value === "boolean" ||
      Array.isArray(value) ||
      value instanceof Tensor;
    return fits ? (value as ConstantValue) : problems.expected(this.expected, input);
  },
  toJson: serialize,
  copy: (value) => (Array.isArray(value) ? copyJson(value) : value),
};

const fields = {
  /** The value: a number, a boolean, a tensor, or nested lists that are repeated to the shape. Defaults to 0. */
  value: optional(aConstant, 0),
};

/** What {@link Constant} takes. */
export interface ConstantOptions extends OptionsOf<typeof fields> {}

/** The same value everywhere, or an array that is broadcast to the variable's shape. */
export class Constant extends kerasInitializer("Constant", fields)<ConstantOptions> {
  override create(shape: StaticShape, dtype: DType) {
    checkWanted(this, shape, dtype);
    const { value } = this;
    if (typeof value === "number" || typeof value === "boolean") return full(shape, value, dtype);
    return broadcast(castTensor(value instanceof Tensor ? value : fromNested(value), dtype), shape);
  }
}

/** Repeats a tensor along new leading dimensions and those of size 1. */
function broadcast(x: Tensor, shape: StaticShape): Tensor {
  const extra = shape.length - x.shape.length;
  if (extra < 0 || x.shape.some((size, axis) => size !== 1 && size !== shape[axis + extra])) {
    const message = `expected a value that broadcasts to shape ${formatShape(shape)}, received one of shape ${formatShape(x.shape)}.`;
    throw new ShapeError("Constant", message);
  }
  const steps = stridesOf(x.shape).map((step, axis) => (x.shape[axis] === 1 ? 0 : step));
  const strides = stridesOf(shape);
  const from = x.data as Float32Array;
  const data = new (arrayType(x.dtype))(sizeOf(shape)) as Float32Array;
  for (let i = 0; i < data.length; i++) {
    let at = 0;
    for (const [axis, step] of steps.entries()) {
      at += (Math.floor(i / strides[axis + extra]!) % shape[axis + extra]!) * step;
    }
    data[i] = from[at]!;
  }
  return new Tensor(x.dtype, shape, data);
}
