import type { KerasTensor } from "../../graph/graph.ts";
import { ELU, ReLU } from "../../layers/activation/index.ts";
import type { Layer } from "../../layers/layer.ts";
import { Add } from "../../layers/merging/index.ts";
import { Rescaling } from "../../layers/preprocessing/rescaling.ts";
import { called, type Row } from "../unfolding.ts";

/** TensorFlow.js adds, and has no layer that subtracts. */
const subtraction: Row = ({ name }: Layer, { free }) => {
  const negative = new Rescaling({ scale: -1, name: free(`${name}_negative`) });
  const sum = new Add({ name });
  const calls = (given: KerasTensor) => {
    const [x, y] = given as unknown as readonly [KerasTensor, KerasTensor];
    return sum.apply<KerasTensor>([x, negative.apply<KerasTensor>(y)]);
  };
  return called(calls, null, "is an Add of the negative now.");
};

/** Its `alpha` is 1: any other lies between that and 0. */
const elu: Row = ({ name, alpha }: ELU, { free }) => {
  if (alpha === 1) return null;
  const rising = new ReLU({ name: free(`${name}_relu`) });
  const whole = new ELU({ name: free(`${name}_elu`) });
  const [less, more] = [1 - alpha, alpha].map(
    (scale, i) => new Rescaling({ scale, name: free(`${name}_part_${i}`) }),
  ) as [Rescaling, Rescaling];
  const sum = new Add({ name });
  const calls = (x: KerasTensor) =>
    sum.apply<KerasTensor>([
      less.apply<KerasTensor>(rising.apply<KerasTensor>(x)),
      more.apply<KerasTensor>(whole.apply<KerasTensor>(x)),
    ]);
  return called(calls, null, "is a sum of a ReLU and an ELU of 1 now.");
};

export const arithmetic: Readonly<Record<string, Row>> = { ELU: elu, Subtract: subtraction };
