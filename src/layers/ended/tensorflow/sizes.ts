import { historyOf } from "../../../dialects/keras-2/tensorflow/part.ts";
import { isDict } from "../../../graph/nested.ts";
import { attachment } from "../../../json/attachment.ts";
import type { JsonValue } from "../../../json/json.ts";
import type { Dimension } from "../../../ops/dimensions.ts";
import { getItem } from "../../../ops/get-item.ts";
import { asDType } from "../../../ops/operands.ts";
import type { Operand } from "../../../program/emit.ts";
import { Variable } from "../../../program/variable.ts";
import { toNumbers } from "../../../tensor/create.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import type { GivenArguments } from "./arguments.ts";

/** The numbers of a tensor of sizes as far as they are known before a program runs; a scalar has one. */
type Sizes = readonly (number | null)[] | number | null;

const known = /* @__PURE__ */ attachment<Sizes>();

/** Says what is known of the numbers of a tensor of sizes. */
export function noteSizes<T extends object>(tensor: T, sizes: Sizes): T {
  known.set(tensor, sizes);
  return tensor;
}

function sizesIn(operand: Operand | undefined): Sizes | undefined {
  if (!operand) return undefined;
  if (!(operand instanceof Tensor) || operand.size > MOST_DIMENSIONS) return known.get(operand);
  const numbers = [...toNumbers(operand)];
  return operand.shape.length === 0 ? numbers[0]! : numbers;
}

function isList(sizes: Sizes | undefined): sizes is readonly (number | null)[] {
  return typeof sizes === "object" && sizes !== null;
}

/** More than any shape has. */
const MOST_DIMENSIONS = 254;

/** The sizes that an argument tells, each a number where it is known; null where it is no list of sizes. */
export function dimensionsIn(value: JsonValue, given: GivenArguments): Dimension[] | null {
  if (Number.isInteger(value)) return [value as number];
  const whole = given.operandAt(value);
  if (whole) return dimensionsOf(whole);
  if (!Array.isArray(value) || value.length > MOST_DIMENSIONS) return null;
  const list = value.map((item) => {
    if (Number.isInteger(item)) return item as number;
    const scalar = given.operandAt(item);
    return scalar && scalar.shape.length === 0 ? dimensionOf(scalar) : null;
  });
  return list.every((item) => item !== null) ? list : null;
}

function dimensionsOf(shape: Operand): Dimension[] | null {
  const [count] = shape.shape;
  if (shape.shape.length !== 1 || typeof count !== "number" || count > MOST_DIMENSIONS) return null;
  const sizes = sizesIn(shape);
  return Array.from({ length: count }, (_, i) => {
    const size = isList(sizes) ? sizes[i] : undefined;
    return size ?? asDType(getItem(plain(shape), i), "int32");
  });
}

function dimensionOf(scalar: Operand): Dimension {
  const size = sizesIn(scalar);
  return typeof size === "number" ? size : asDType(plain(scalar), "int32");
}

function plain(operand: Operand) {
  return operand instanceof Variable ? operand.value : operand;
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  "__operators__.add": (a, b) => a + b,
  "math.add": (a, b) => a + b,
  "math.subtract": (a, b) => a - b,
  "math.multiply": (a, b) => a * b,
  "math.floordiv": (a, b) => Math.floor(a / b),
  "compat.v1.floor_div": (a, b) => Math.floor(a / b),
};

/** Says what is known of the sizes that a function gives, where it takes some out of others or puts them together. */
export function carrySizes(called: string, given: GivenArguments, result: unknown): void {
  if (typeof result !== "object" || result === null) return;
  const { x } = given.call;
  if (called === "__operators__.getitem") {
    const sizes = sizesIn(given.operandAt(x.value));
    const taken = isList(sizes) ? takenOf(sizes, given.call.value("slice_spec")) : undefined;
    if (taken !== undefined) noteSizes(result, taken);
  } else if (Object.hasOwn(arithmetic, called)) {
    const [a, b] = [x, given.call.part("y")].map(({ value }) =>
      historyOf(value) ? sizesIn(given.operandAt(value)) : sizesOf(value),
    );
    if (typeof a === "number" && typeof b === "number") noteSizes(result, arithmetic[called]!(a, b));
  } else if ((called === "concat" || called === "stack") && Array.isArray(x.value)) {
    const parts = x.value.map((item) => (historyOf(item) ? sizesIn(given.operandAt(item)) : sizesOf(item)));
    const joined = parts.flatMap((part): readonly (number | null)[] =>
      isList(part) ? part : [part ?? null],
    );
    if (parts.some((part) => part !== undefined)) noteSizes(result, joined);
  }
}

/** The numbers that stand in a call. */
function sizesOf(value: JsonValue): Sizes | undefined {
  if (typeof value === "number") return value;
  return Array.isArray(value) && value.every((item) => typeof item === "number")
    ? (value as number[])
    : undefined;
}

function takenOf(sizes: readonly (number | null)[], spec: JsonValue): Sizes | undefined {
  const [item = null] = Array.isArray(spec) && spec.length === 1 ? spec : [spec];
  if (typeof item === "number") return sizes.at(item) ?? null;
  if (!isDict(item)) return undefined;
  const { start, stop, step } = item;
  const bounds = [start, stop].map((bound) => (typeof bound === "number" ? bound : undefined));
  return step == null || step === 1 ? sizes.slice(bounds[0], bounds[1]) : undefined;
}
