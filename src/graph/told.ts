import { currentReading } from "../fields/reading.ts";
import { attachment } from "../json/attachment.ts";
import { type Spec, Value } from "../program/value.ts";
import { MissingCode } from "../registry/opaque.ts";
import { unknownShape } from "../tensor/shape.ts";

/** An output of which nobody says anything. */
export const unknownSpec: Spec = { shape: unknownShape, dtype: "float32" };

type Calls = Map<number, readonly Spec[]>;

const told = /* @__PURE__ */ attachment<Calls>();

/**
 * The outputs of a call of an operation, where there is no code to work them out: as the file says that is being read, or
 * said when it was; else one of which nothing is known. `index` is which of the operation's calls it is.
 */
function toldOutputs(operation: object, index: number): Value | readonly Value[] {
  const calls: Calls = told.get(operation) ?? new Map();
  const specs = currentReading()?.graph?.outputsOf?.(operation) ?? calls.get(index) ?? [unknownSpec];
  told.set(operation, calls.set(index, specs));
  const values = specs.map(({ shape, dtype }) => new Value(shape, dtype));
  const [only] = values;
  return only && values.length === 1 ? only : values;
}

/** Gives a copy of an operation what a file said of the original's outputs. */
export function tellAlike(copy: object, original: object): void {
  const calls = told.get(original);
  if (calls && copy !== original) told.set(copy, new Map(calls));
}

/** What a call gives; of one that cannot be computed, what is told of it. */
export function computedOrTold(operation: object, call: number, compute: (() => unknown) | null): unknown {
  if (compute === null) return toldOutputs(operation, call);
  try {
    return compute();
  } catch (error) {
    if (error instanceof MissingCode) return toldOutputs(operation, call);
    throw error;
  }
}
