import { flatten, type Nested } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import type { Layer } from "../layers/layer.ts";
import type { Spec } from "../program/value.ts";
import { toNumbers } from "../tensor/cast.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { failCheck } from "./failure.ts";

/** The tensors of an output, flat. */
export function tensorsOf(layer: Layer, outputs: unknown, what: string): Tensor[] {
  return flatten(outputs as Nested<unknown>).map((leaf) =>
    leaf instanceof Tensor ? leaf : failCheck(layer, `${what}: expected tensors, received ${inspect(leaf)}.`),
  );
}

/** Fails unless values have the shapes and dtypes that were promised; null fits any size. */
export function checkShapes(layer: Layer, values: readonly Tensor[], promised: readonly Spec[]): void {
  if (values.length !== promised.length)
    failCheck(layer, `expected ${promised.length} outputs, as on KerasTensors, received ${values.length}.`);
  for (const [i, { shape, dtype }] of values.entries()) {
    const expected = promised[i]!;
    const open = shape.map((size, axis) => (expected.shape[axis] === null ? null : size));
    if (sameShape(open, expected.shape) && dtype === expected.dtype) continue;
    const [want, got] = [expected, { shape, dtype }].map(
      (spec) => `${spec.dtype} ${formatShape(spec.shape)}`,
    );
    failCheck(layer, `output ${i}: expected ${want}, as on KerasTensors, received ${got}.`);
  }
}

/** Fails unless tensors are the same, up to a tolerance relative to 1 plus their size; 0 asks for equal ones. */
export function checkSame(
  layer: Layer,
  what: string,
  received: readonly Tensor[],
  expected: readonly Tensor[],
  tolerance = 0,
): void {
  for (const [i, want] of expected.entries()) {
    const got = received[i];
    const where = `${what}, output ${i}`;
    if (!got) throw failCheck(layer, `${where}: expected a tensor, received nothing.`);
    if (!sameShape(got.shape, want.shape)) {
      failCheck(
        layer,
        `${where}: expected shape ${formatShape(want.shape)}, received ${formatShape(got.shape)}.`,
      );
    }
    const [a, b] = [toNumbers(got), toNumbers(want)];
    const at = b.findIndex((value, j) => !isNear(a[j]!, value, tolerance));
    if (at >= 0) failCheck(layer, `${where}, element ${at}: expected ${b[at]}, received ${a[at]}.`);
  }
}

function isNear(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * (1 + Math.abs(b));
}
