import { sizeOf } from "../../../tensor/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { allocate, type Kernel, result, staticShape } from "../kernel.ts";
import { broadcastStrides } from "../loop.ts";
import { matrixAt } from "./batches.ts";
import { factorize, swapRows } from "./lu.ts";
import type { Matrix } from "./matrix.ts";

/** Solves for one matrix and one of right sides, in place. */
type Solve<A> = (a: Matrix, b: Matrix, attributes: A) => void;

function solving<A>(solve: Solve<A>) {
  return ([a, b]: readonly Tensor[], attributes: A, [spec]: Parameters<Kernel<"solve">>[2]): Tensor[] => {
    const shape = staticShape(spec!.shape);
    const lead = shape.slice(0, -2);
    const places = [a!, b!].map((each) => placesIn(each.shape.slice(0, -2), lead));
    const out = allocate(spec!.dtype, shape);
    for (let m = 0; m < sizeOf(lead); m++) {
      const x = matrixAt(b!, places[1]![m]!);
      solve(matrixAt(a!, places[0]![m]!), x, attributes);
      for (let k = 0; k < x.data.length; k++) out[m * x.data.length + k] = x.data[k]!;
    }
    return [result(spec!, out)];
  };
}

/** Which matrix of a batch meets each of the batch it is broadcast to. */
function placesIn(own: readonly number[], lead: readonly number[]): number[] {
  const strides = broadcastStrides(own, lead);
  return Array.from({ length: sizeOf(lead) }, (_, m) => {
    let [rest, place] = [m, 0];
    for (let axis = lead.length - 1; axis >= 0; axis--) {
      place += (rest % lead[axis]!) * strides[axis]!;
      rest = Math.floor(rest / lead[axis]!);
    }
    return place;
  });
}

function substitute(a: Matrix, x: Matrix, isLower: boolean, isUnit: boolean): void {
  const n = a.rows;
  for (let step = 0; step < n; step++) {
    const i = isLower ? step : n - 1 - step;
    const [from, to] = isLower ? [0, i] : [i + 1, n];
    for (let c = 0; c < x.columns; c++) {
      let sum = x.at(i, c);
      for (let j = from; j < to; j++) sum -= a.at(i, j) * x.at(j, c);
      x.set(i, c, isUnit ? sum : sum / a.at(i, i));
    }
  }
}

const solve: Kernel<"solve"> = solving((a, x) => {
  for (const [k, pivot] of factorize(a).entries()) swapRows(x, k, pivot);
  substitute(a, x, true, true);
  substitute(a, x, false, false);
});

const solveTriangular: Kernel<"solve_triangular"> = solving(
  (a, x, { lower }: { readonly lower: boolean }) => {
    substitute(a, x, lower, false);
  },
);

export const solveKernels = { solve, solve_triangular: solveTriangular };
