import { ModelError, ShapeError } from "../../errors.ts";
import type { Fields } from "../../fields/field.ts";
import { type Operation, placeOf } from "../../graph/graph.ts";
import { takes, tensors } from "../../graph/signature.ts";
import { inspect } from "../../json/inspect.ts";
import { largest } from "../../largest.ts";
import { logicalOr } from "../../ops/comparison.ts";
import { expandDims } from "../../ops/reshaping.ts";
import type { Numeric } from "../../program/emit.ts";
import { broadcastShapes } from "../../program/rules/broadcast.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import { Layer } from "../layer.ts";

/** What a call of a merge layer takes. */
export const listOfTensors = takes("inputs", { inputs: tensors() });

type ListOfTensors = typeof listOfTensors;

/**
 * A layer class that joins all its inputs; those of fewer dimensions get dimensions of 1 behind the batch.
 * Source: Keras 3.6 `layers/merging/base_merge.py`.
 */
export function mergeLayer<const F extends Fields>(
  className: string,
  fields: F,
  merge: (inputs: readonly Numeric[], layer: Operation) => Numeric,
): LayerConstructor<F, ListOfTensors> {
  abstract class Merged extends Layer<ListOfTensors> {
    static override readonly supportsMasking = true;

    override build(shapes: readonly Shape[]): void {
      checkList(this, shapes);
      const batches = new Set(shapes.map(([batch]) => batch).filter((batch) => batch !== null));
      if (batches.size > 1) {
        throw this.problem(
          `expected inputs of one batch size, received ${shapes.map(formatShape).join(", ")}.`,
          ShapeError,
        );
      }
      shapes.map((shape): Shape => shape.slice(1)).reduce((a, b) => broadcastShapes(a, b, placeOf(this)));
    }

    override call(inputs: readonly Numeric[]): Numeric {
      return merge(sameRank(inputs), this);
    }

    override computeMask(_: unknown, masks: readonly (Numeric | null)[]): unknown {
      return anyOf(masks);
    }
  }
  return kerasLayer(className, fields, listOfTensors, Merged);
}

/** Checks that a merge layer was given a list. */
export function checkList(layer: Operation, shapes: unknown): asserts shapes is readonly [Shape, ...Shape[]] {
  if (Array.isArray(shapes) && shapes.length > 0 && shapes.every(Array.isArray)) return;
  throw new ModelError(
    placeOf(layer),
    `expected a list of tensors, received one of shape ${inspect(shapes)}.`,
  );
}

function sameRank(inputs: readonly Numeric[]): Numeric[] {
  const rank = largest(inputs.map(({ shape }) => shape.length));
  return inputs.map((input) => {
    let x = input;
    while (x.shape.length < rank) x = expandDims(x, { axis: 1 });
    return x;
  });
}

/** A step counts where any of the inputs counts it; null where one of them has no mask. */
function anyOf(masks: readonly (Numeric | null)[]): Numeric | null {
  const [first = null, ...others] = masks;
  return others.reduce((any, mask) => any && mask && logicalOr(any, mask), first);
}
