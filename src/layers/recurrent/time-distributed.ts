import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { flatten } from "../../graph/nested.ts";
import { aTensor, flag, maskFor, takes } from "../../graph/signature.ts";
import { scan } from "../../ops/scan.ts";
import { stack } from "../../ops/stacking.ts";
import type { Numeric } from "../../program/emit.ts";
import { isAbstract, Value } from "../../program/value.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { type wrapperFields, wrapping } from "../core/wrapper.ts";
import type { LayerOptions } from "../define.ts";
import { entry, swapTimeAndBatch } from "./steps.ts";

interface Arguments {
  readonly training: boolean;
  readonly mask?: Numeric | null;
}

/** What {@link TimeDistributed} takes. */
export interface TimeDistributedOptions extends LayerOptions, OptionsOf<typeof wrapperFields> {}

/**
 * Applies a layer to each step of a sequence on its own: from `(batch, time, …)` to `(batch, time, …)`, with the same
 * weights in all steps. Source: Keras 3.6 `layers/rnn/time_distributed.py`.
 *
 * @example
 * const y = new TimeDistributed({ layer: new Dense({ units: 8 }) }).apply(Input({ shape: [10, 3] }));
 */
export class TimeDistributed extends wrapping(
  "TimeDistributed",
  takes("inputs", { inputs: aTensor(), training: flag(), mask: maskFor("inputs") }),
)<TimeDistributedOptions> {
  static override readonly supportsMasking = true;

  override build(shape: Shape): void {
    const [batch = null, , ...rest] = shape;
    if (shape.length < 3)
      throw this.problem(
        `expected an input of rank 3 or more, received shape ${formatShape(shape)}.`,
        ShapeError,
      );
    this.layer.buildOn([batch, ...rest]);
  }

  override call(inputs: Numeric, { training, mask: given }: Arguments): Numeric {
    const [mask = null] = flatten(given ?? null);
    if (mask) this.#checkMask(inputs.shape, mask.shape);
    const xs = [inputs, ...(mask ? [mask] : [])].map(swapTimeAndBatch);
    const apply = ([x, counts]: readonly Numeric[]): Numeric => {
      const { names } = this.layer.constructor.signature;
      const kwargs = {
        ...(training !== null && names.includes("training") && { training }),
        ...(counts && names.includes("mask") && { mask: counts }),
      };
      return this.layer.invoke([x], kwargs) as Numeric;
    };
    const [, steps = null] = inputs.shape;
    const outputs =
      steps === null
        ? scan((_, step) => ({ carries: [], outputs: [apply(step)] }), { carries: [], xs }).outputs[0]
        : this.#each(steps, inputs, (i) => apply(xs.map((x) => entry(x, i))));
    return swapTimeAndBatch(outputs);
  }

  /** What all steps give. Of shapes the first tells of all, be they a billion. */
  #each(steps: number, inputs: Numeric, apply: (step: number) => Numeric): Numeric {
    if (steps === 0 || !isAbstract(inputs)) return stack(Array.from({ length: steps }, (_, i) => apply(i)));
    const { shape, dtype } = apply(0);
    return new Value([steps, ...shape], dtype);
  }

  #checkMask(shape: Shape, mask: Shape): void {
    const fits =
      mask.length > 1 && [0, 1].every((i) => shape[i] === null || mask[i] === null || shape[i] === mask[i]);
    if (!fits) {
      throw this.problem(
        `expected a mask of shape ${formatShape(shape.slice(0, 2))}, received ${formatShape(mask)}.`,
        ShapeError,
      );
    }
  }
}
