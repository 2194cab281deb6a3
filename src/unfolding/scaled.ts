import type { Variable, VariableSource } from "../program/variable.ts";
import { fromNumbers, toNumbers } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What the columns of a weight, its numbers along the last axis, are multiplied by. */
export interface Columns {
  readonly by: number;
  /** In how many blocks of the same width the columns are, and which of them are meant. */
  readonly blocks: number;
  readonly chosen: readonly number[];
}

/** Gives a weight what is made of another one's value, which is read when it is first needed. */
export function copyMade(from: Variable, to: Variable, make: (value: Tensor) => Tensor): void {
  to.assignLazily(madeSource(from, make));
}

/** Reads past the variable, which would keep what is read. */
function madeSource(variable: Variable, make: (value: Tensor) => Tensor): VariableSource {
  const { source } = variable;
  const known = source === null ? variable.value : null;
  if (source === null) return { now: () => make(known!) };
  const { now, later, takesTurns } = source;
  return {
    ...(now && { now: () => make(now.call(source)) }),
    ...(later && { later: async () => make(await later.call(source)) }),
    ...(takesTurns !== undefined && { takesTurns }),
  };
}

/** A value with some columns multiplied. */
export function scaled(tensor: Tensor, { by, blocks, chosen }: Columns): Tensor {
  const numbers = Float64Array.from(toNumbers(tensor));
  const columns = tensor.shape.at(-1) ?? 1;
  const width = columns / blocks;
  const factors = Array.from({ length: columns }, (_, i) =>
    chosen.includes(Math.floor(i / width)) ? by : 1,
  );
  for (let i = 0; i < numbers.length; i++) numbers[i]! *= factors[i % columns]!;
  return fromNumbers(tensor.dtype, tensor.shape, numbers);
}
