import type { Behaviour, Change } from "../../dialects/change.ts";
import { maskOf, setMask } from "../../graph/mask.ts";
import { unfolded } from "../../graph/unfolded.ts";
import { logicalAnd } from "../../ops/comparison.ts";
import { onesLike } from "../../ops/filling.ts";
import { concatenate } from "../../ops/joining.ts";
import { all } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { pairs } from "../../pairs.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Layer } from "../layer.ts";
import type { Concatenate } from "../merging/concatenate.ts";
import { joinsLast } from "./masks-made.ts";
import { ofKeras } from "./of-keras.ts";
import { started } from "./started.ts";
import { sayMask } from "./unsaid.ts";

type Method = (this: never, ...args: never[]) => unknown;

/** What a class of Keras says instead; a class of one's own that says it otherwise keeps its own. */
function methods(own: Readonly<Record<string, Method>>): Behaviour {
  const said = Object.entries(own).map(([key, method]) => [
    key,
    function (this: Layer, ...args: never[]): unknown {
      const now = methodOf(Object.getPrototypeOf(this), key);
      const isKeras = now === methodOf(ofKeras(this).prototype, key);
      return (isKeras ? method : now).apply(this as never, args);
    },
  ]);
  return Object.fromEntries(said);
}

function methodOf(prototype: object, key: string): Method {
  return (prototype as Readonly<Record<string, Method>>)[key]!;
}

/** A step counts where all inputs count it that have a mask. */
function allOf(_: unknown, masks: readonly (Numeric | null)[]): Numeric | null {
  const [first = null, ...others] = masks.filter((mask) => mask !== null);
  return others.reduce((every, mask) => (every === mask ? every : every && logicalAnd(every, mask)), first);
}

/** The same of what is joined along an axis: an input without a mask counts all its steps. */
function joined(
  this: Concatenate,
  inputs: readonly Numeric[],
  masks: readonly (Numeric | null)[],
): Numeric | null {
  if (masks.every((mask) => mask === null)) return null;
  if (joinsLast(this, inputs[0]!.shape.length)) return allOf(inputs, masks);
  const wide = pairs(inputs, masks).map(([input, mask]) => {
    const whole = onesLike(input, { dtype: "bool" });
    if (mask === null) return whole;
    return mask.shape.length < input.shape.length ? logicalAnd(expandDims(mask, { axis: -1 }), whole) : mask;
  });
  return all(concatenate(wide, { axis: this.axis }), { axis: -1 });
}

/** Calls a layer of tensors as if none of them had a mask. */
function call(this: Layer, inputs: readonly Numeric[], ...rest: never[]): unknown {
  const masks = inputs.map(maskOf);
  for (const x of inputs) setMask(x, null);
  try {
    return methodOf(ofKeras(this).prototype, "call").call(this as never, inputs as never, ...rest);
  } finally {
    for (const [x, mask] of pairs(inputs, masks)) setMask(x, mask);
  }
}

/** A recurrent layer that gets states has the mask of its sequences, too. */
const heeding: Behaviour = {
  call(
    this: Layer,
    sequences: Numeric,
    rest: { readonly mask?: unknown; readonly initial_state?: unknown },
  ): unknown {
    const { call } = Object.getPrototypeOf(this) as Layer;
    const mask = rest.mask ?? maskOf(sequences);
    const given = call.call(this, sequences as never, { ...rest, mask });
    return started(this, given, mask, rest.initial_state);
  },
  unfold: sayMask,
  unfolded,
};

const behaviours: readonly (readonly [names: string, behaviour: Behaviour])[] = [
  ["Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU LSTM RNN SimpleRNN", heeding],
  ["Add Average Subtract", methods({ computeMask: allOf })],
  ["Concatenate", methods({ computeMask: joined })],
  ["Maximum Minimum Multiply", methods({ call, computeMask: allOf })],
];

/** What layers of Keras 2 do with masks, and those of Keras 3 do otherwise. */
export const oldMasks: Change = {
  since: 100,
  behaviour: Object.fromEntries(
    behaviours.flatMap(([names, own]) => names.split(" ").map((name) => [`keras.layers>${name}`, own])),
  ),
};
