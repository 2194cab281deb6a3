import { ShapeError } from "../../errors.ts";
import type { Operation } from "../../graph/graph.ts";
import { isDict, type Nested } from "../../graph/nested.ts";
import { inspect } from "../../json/inspect.ts";
import { quote } from "../../json/quote.ts";
import { dimension, dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { asDType, rankOf } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { Value } from "../../program/value.ts";
import { isDType, isFloat } from "../../tensor/dtype.ts";
import { formatShape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";

type ByName<T> = Readonly<Record<string, T>>;

/**
 * What a FeatureSpace is called on, a column for each feature: what has no last axis of its own gets one of size 1, a
 * single sample a batch around it.
 */
export function columnsOf(
  space: Operation,
  features: ByName<{ readonly dtype: string }>,
  data: unknown,
): { readonly columns: ByName<Numeric>; readonly isSample: boolean } {
  if (!isDict(data))
    throw space.problem(`expected values by the names of features, received ${inspect(data)}.`);
  const wanted = Object.keys(features);
  const given = Object.keys(data);
  if (wanted.length !== given.length || !wanted.every((name) => Object.hasOwn(data, name)))
    throw space.problem(`expected the features ${inspect(wanted)}, received ${inspect(given)}.`);
  let isSample = false;
  const columns = wanted.map((name) => {
    const value = data[name];
    if (!isNumeric(value))
      throw space.problem(`expected a tensor for ${quote(name)}, received ${inspect(value)}.`);
    const { dtype } = features[name]!;
    if ((dtype === "string") !== (value.dtype === "string"))
      throw space.problem(
        `expected ${dtype === "string" ? "texts" : "numbers"} for ${quote(name)}, received ${value.dtype}.`,
      );
    isSample ||= rankOf(value) === 0;
    return [name, asColumn(isDType(dtype) && isFloat(dtype) ? asDType(value, dtype) : value)];
  });
  return { columns: Object.fromEntries(columns), isSample };
}

function isNumeric(value: unknown): value is Numeric {
  return value instanceof Value || value instanceof Tensor;
}

function asColumn(value: Numeric): Numeric {
  const rank = rankOf(value);
  if (rank > 1) return value;
  return reshapeTo(value, rank === 0 ? [1, 1] : [dimension(value, 0), 1]);
}

/** What came out for a single sample. */
export function withoutBatch(space: Operation, encoded: Numeric | ByName<Numeric>): Nested<Numeric> {
  const squeezed = (value: Numeric) => reshapeTo(value, dimensions(value).slice(1));
  if (isDict(encoded))
    return Object.fromEntries(
      Object.entries(encoded as ByName<Numeric>).map(([name, value]) => [
        name,
        rankOf(value) === 2 && value.shape[0] === 1 ? squeezed(value) : value,
      ]),
    );
  const row = encoded as Numeric;
  if (row.shape[0] === 1) return squeezed(row);
  throw space.problem(
    `expected one sample for each feature, because there is one with no dimensions, received a batch: ${formatShape(row.shape)}.`,
    ShapeError,
  );
}
