import type { Behaviour, Change } from "../../dialects/change.ts";
import { maskOf, setMask } from "../../graph/mask.ts";
import { logicalAnd } from "../../ops/comparison.ts";
import { onesLike } from "../../ops/filling.ts";
import { concatenate } from "../../ops/joining.ts";
import { all } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { pairs } from "../../pairs.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Layer } from "../layer.ts";
import { Concatenate } from "../merging/concatenate.ts";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "../merging/elementwise.ts";

type Method = (this: never, ...args: never[]) => unknown;

/** What classes say that extend one; a class of one's own that says it otherwise keeps its own. */
function methods(cls: { readonly prototype: object }, own: Readonly<Record<string, Method>>): Behaviour {
  const said = Object.entries(own).map(([key, method]) => {
    const has = (prototype: object) => (prototype as Record<string, Method>)[key]!;
    return [
      key,
      function (this: Layer, ...args: never[]): unknown {
        const now = has(Object.getPrototypeOf(this));
        return (now === has(cls.prototype) ? method : now).apply(this as never, args);
      },
    ];
  });
  return Object.fromEntries(said);
}

/** A step counts where all inputs count it that have a mask. */
function allOf(_: unknown, masks: readonly (Numeric | null)[]): Numeric | null {
  const [first = null, ...others] = masks.filter((mask) => mask !== null);
  return others.reduce((every, mask) => every && logicalAnd(every, mask), first);
}

/** The same of what is joined along an axis: an input without a mask counts all its steps. */
function joined(
  this: Concatenate,
  inputs: readonly Numeric[],
  masks: readonly (Numeric | null)[],
): Numeric | null {
  if (masks.every((mask) => mask === null)) return null;
  const wide = pairs(inputs, masks).map(([input, mask]) => {
    const whole = onesLike(input, { dtype: "bool" });
    if (mask === null) return whole;
    return mask.shape.length < input.shape.length ? logicalAnd(expandDims(mask, { axis: -1 }), whole) : mask;
  });
  return all(concatenate(wide, { axis: this.axis }), { axis: -1 });
}

/** Calls a layer of tensors as if none of them had a mask. */
function unmasked(cls: typeof Multiply | typeof Maximum | typeof Minimum): Behaviour {
  function call(this: Layer, inputs: readonly Numeric[], rest: never): unknown {
    const masks = inputs.map(maskOf);
    for (const x of inputs) setMask(x, null);
    try {
      return cls.prototype.call.call(this as never, inputs, rest);
    } finally {
      for (const [x, mask] of pairs(inputs, masks)) setMask(x, mask);
    }
  }
  return methods(cls, { call, computeMask: allOf });
}

/** A recurrent layer that gets states has the mask of its sequences, too. */
const heeding: Behaviour = {
  call(this: Layer, sequences: Numeric, rest: { readonly mask?: unknown }): unknown {
    const { call } = Object.getPrototypeOf(this) as Layer;
    return call.call(this, sequences as never, { ...rest, mask: rest.mask ?? maskOf(sequences) });
  },
};

const recurrent = "Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU LSTM RNN SimpleRNN".split(" ");

/** What layers of Keras 2 do with masks, and those of Keras 3 do otherwise. */
export const oldMasks: Change = {
  since: 100,
  behaviour: {
    ...Object.fromEntries(recurrent.map((name) => [`keras.layers>${name}`, heeding])),
    "keras.layers>Add": methods(Add, { computeMask: allOf }),
    "keras.layers>Average": methods(Average, { computeMask: allOf }),
    "keras.layers>Concatenate": methods(Concatenate, { computeMask: joined }),
    "keras.layers>Maximum": unmasked(Maximum),
    "keras.layers>Minimum": unmasked(Minimum),
    "keras.layers>Multiply": unmasked(Multiply),
    "keras.layers>Subtract": methods(Subtract, { computeMask: allOf }),
  },
};
