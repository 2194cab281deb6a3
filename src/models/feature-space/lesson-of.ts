import { finished } from "../../context.ts";
import { type Lesson, learns } from "../../layers/batches.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** How a layer learns; null where it has nothing to learn. One of somebody's own that has an `adapt` is called so. */
export function lessonOf(layer: Layer, where: string): Lesson | null {
  if (learns(layer)) return layer.isGiven ? null : layer.lesson();
  if (!hasAdapt(layer)) return null;
  const teach = (data: Tensor | readonly Tensor[]) => finished(layer.adapt(data), () => where);
  const batches: Tensor[] = [];
  return {
    whole: teach,
    batch: (data) => void batches.push(data),
    end: () => {
      if (batches.length > 0) teach(batches);
    },
  };
}

function hasAdapt(layer: object): layer is { adapt(data: Tensor | readonly Tensor[]): unknown } {
  return "adapt" in layer && typeof layer.adapt === "function";
}
