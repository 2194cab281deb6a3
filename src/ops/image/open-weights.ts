import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { arange } from "../creation.ts";
import { calculate, type Dimension, reshapeTo } from "../dimensions.ts";
import { asDType } from "../operands.ts";
import type { Interpolation } from "./resize-weights.ts";

type Method = Exclude<Interpolation, "nearest">;

const F = "float32";
const number = (value: number) => asDType(value, F);
const times = (x: Numeric, factor: number) => prim("mul", [x, number(factor)]);
const plus = (x: Numeric, added: number) => prim("add", [x, number(added)]);

/** How much a pixel counts at a distance, on values of a program. */
const kernels: Readonly<Record<Method, (x: Numeric) => Numeric>> = {
  bilinear: (x) => prim("max", [number(0), prim("sub", [number(1), x])]),
  bicubic(x) {
    const near = plus(prim("mul", [prim("mul", [plus(times(x, 1.5), -2.5), x]), x]), 1);
    const inner = plus(prim("mul", [plus(times(x, -0.5), 2.5), x]), -4);
    const far = plus(prim("mul", [inner, x]), 2);
    const either = prim("select", [prim("ge", [x, number(1)]), far, near]);
    return prim("select", [prim("ge", [x, number(2)]), number(0), either]);
  },
  lanczos3: (x) => lanczos(3, x),
  lanczos5: (x) => lanczos(5, x),
};

function lanczos(radius: number, x: Numeric): Numeric {
  const isNear = prim("le", [x, number(1e-3)]);
  const y = times(prim("select", [isNear, number(1), x]), Math.PI);
  const waves = prim("mul", [prim("sin", [y]), prim("sin", [times(y, 1 / radius)])]);
  const value = prim("div", [times(waves, radius), prim("mul", [y, y])]);
  const inside = prim("select", [isNear, number(1), value]);
  return prim("select", [prim("gt", [x, number(radius)]), number(0), inside]);
}

/** How `from` pixels become `to`: both may be known only when a program runs. */
export interface Stretch {
  readonly from: Dimension;
  readonly to: Dimension;
  /** Scalars of float32: how many pixels one becomes, and how many pixels of the result all are moved by. */
  readonly scale: Numeric;
  readonly translation: Numeric;
  readonly method: Method;
  readonly antialias: boolean;
}

/** What each of `from` pixels counts in each of `to`, as `resizeWeights`, worked out in a program. */
export function openWeights(stretch: Stretch, dtype: DType): Numeric {
  const { from, to, scale, translation, method, antialias } = stretch;
  const step = prim("div", [number(1), scale]);
  const spread = antialias ? prim("max", [step, number(1)]) : number(1);
  const targets = reshapeTo(asDType(arange(to), F), [1, to]);
  const shifted = prim("sub", [prim("mul", [plus(targets, 0.5), step]), prim("mul", [translation, step])]);
  const center = plus(shifted, -0.5);
  const sources = reshapeTo(asDType(arange(from), F), [from, 1]);
  const distance = prim("div", [prim("abs", [prim("sub", [center, sources])]), spread]);
  const weights = kernels[method](distance);
  const total = prim("reduce_sum", [weights], { axes: [0], keepdims: true });
  const counts = prim("gt", [prim("abs", [total]), number(1000 * 2 ** -23)]);
  const last = plus(asDType(asDType(calculate("sub", from, 1), "int32"), F), 0.5);
  const isInside = prim("and", [prim("ge", [center, number(-0.5)]), prim("le", [center, last])]);
  const isRight = prim("and", [counts, isInside]);
  const shares = prim("div", [weights, prim("select", [counts, total, number(1)])]);
  return asDType(prim("select", [isRight, shares, number(0)]), dtype);
}
