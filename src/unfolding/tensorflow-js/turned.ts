import type { Softmax } from "../../layers/activation/softmax.ts";
import type { BatchNormalization } from "../../layers/normalization/batch-normalization.ts";
import { Permute } from "../../layers/reshaping/permute.ts";
import { shapeOf, withOptions } from "../given.ts";
import { chained, type Row } from "../unfolding.ts";

/** TensorFlow.js goes along the last axis only: another one becomes the last, and goes back behind that. */
const alongLast: Row = (layer: BatchNormalization | Softmax, { free }) => {
  const [axis, ...more] = [layer.axis].flat();
  const rank = shapeOf(layer)?.length;
  if (axis === undefined || more.length > 0 || rank === undefined) return null;
  const place = axis < 0 ? axis + rank : axis;
  if (place === rank - 1 || place === 0) return null;
  const there = Array.from({ length: rank - 1 }, (_, i) => i + 1).filter((i) => i !== place);
  there.push(place);
  const back = there.map((_, i) => there.indexOf(i + 1) + 1);
  const turn = (dims: readonly number[], way: string) =>
    new Permute({ dims, name: free(`${layer.name}_${way}`) });
  const inner = withOptions(layer, { axis: -1 });
  const says = "goes along the last axis now, between two Permutes.";
  return chained([turn(there, "there"), inner, turn(back, "back")], inner, says);
};

export const turned: Readonly<Record<string, Row>> = { BatchNormalization: alongLast, Softmax: alongLast };
