import type { Operation } from "../../graph/graph.ts";
import { inspect } from "../../json/inspect.ts";
import { CategoryEncoding } from "../../layers/categories/category-encoding.ts";
import type { Layer } from "../../layers/layer.ts";
import type { DType } from "../../tensor/dtype.ts";

/** A layer that gives integers of which it is known how many there are. */
interface Counting {
  readonly categoryCount: number | null;
}

/** A layer that makes rows of numbers of the integers that another one gives for a feature of a space. */
export function encoderFor(space: Operation, feature: string, from: Layer, dtype: DType): CategoryEncoding {
  const where = `feature ${inspect(feature)} has output_mode "one_hot":`;
  if (!dtype.startsWith("int"))
    throw space.problem(`${where} expected a preprocessor that gives integers, received one of ${dtype}.`);
  const count = "categoryCount" in from ? (from as Layer & Counting).categoryCount : null;
  if (count === null)
    throw space.problem(
      `${where} expected a preprocessor that says how many integers it gives, received a ${from.constructor.className}. Use output_mode "int".`,
    );
  return new CategoryEncoding({ num_tokens: count, output_mode: "multi_hot" });
}
