import type { KerasTensor } from "../../graph/graph.ts";
import * as ops from "../../ops/index.ts";
import type { OperationRow, OperationRows } from "./operation-row.ts";

const splitAlong =
  (axis: number): OperationRow =>
  ({ x, indices_or_sections }) =>
    ops.split(x, { indices_or_sections, axis });

/** What changes places, and what goes over axes. */
export const arranging: OperationRows = {
  "numpy.Dsplit": splitAlong(2),
  "numpy.Fliplr": ({ x }) => ops.flip(x, { axis: 1 }),
  "numpy.Flipud": ({ x }) => ops.flip(x, { axis: 0 }),
  "numpy.Hsplit": (given) => splitAlong(given.x.rank === 1 ? 0 : 1)(given),
  "numpy.Inner": ({ x1, x2 }) => {
    const [first, second] = [x1?.shape?.length ?? 0, x2?.shape?.length ?? 0];
    if (first === 0 || second === 0) return ops.multiply(x1, x2);
    return ops.tensordot(x1, x2, { axes: [[first - 1], [second - 1]] });
  },
  "numpy.Ptp": ({ x, axis, keepdims }) =>
    ops.subtract(ops.max(x, { axis, keepdims }), ops.min(x, { axis, keepdims })),
  "numpy.Rot90": ({ array, x = array, k, axes }) => turned(x, k, axes),
  "numpy.Vsplit": splitAlong(0),
};

/** A quarter of a turn, so many times, from the first axis towards the second. */
function turned(x: KerasTensor, times: number, [from, to]: readonly [number, number]): KerasTensor {
  const [first, second] = [from, to].map((axis) => (axis < 0 ? axis + x.rank : axis)) as [number, number];
  const axes = Array.from({ length: x.rank }, (_, i) => (i === first ? second : i === second ? first : i));
  const flipped = (tensor: KerasTensor, axis: number) => ops.flip(tensor, { axis });
  const quarters = ((times % 4) + 4) % 4;
  if (quarters === 0) return ops.copy(x);
  if (quarters === 1) return ops.transpose(flipped(x, second), { axes });
  if (quarters === 2) return flipped(flipped(x, first), second);
  return flipped(ops.transpose(x, { axes }), second);
}
