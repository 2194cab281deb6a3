import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Spec } from "../value.ts";
import { broadcastShapes } from "./broadcast.ts";
import { mayEqual, oneDtype } from "./check.ts";

function matmul(inputs: readonly Spec[]): Spec[] {
  const [{ shape: a }, { shape: b }] = inputs as [Spec, Spec];
  const given = oneDtype(inputs, "matmul");
  const dtype = given === "int8" ? "int32" : given;
  if (a.length < 2 || b.length < 2 || !mayEqual(a[a.length - 1]!, b[b.length - 2]!)) {
    throw new ShapeError("matmul", `cannot multiply ${formatShape(a)} by ${formatShape(b)}.`);
  }
  const rows = a[a.length - 2]!;
  const columns = b[b.length - 1]!;
  if (b.length === 2) {
    const shape = a.slice();
    shape[a.length - 1] = columns;
    return [{ shape, dtype }];
  }
  const batch = broadcastShapes(a.slice(0, -2), b.slice(0, -2), "matmul");
  return [{ shape: [...batch, rows, columns], dtype }];
}

export const linearRules = { matmul };
