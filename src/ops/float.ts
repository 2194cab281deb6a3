import type { Arguments } from "../graph/graph.ts";
import { attachment } from "../json/attachment.ts";
import type { JsonValue } from "../json/json.ts";
import { toWire, type Wired } from "../registry/literals.ts";

/**
 * A Python float. JavaScript has one number where Python has two, and an op on an int tensor and `2.0` gives floats
 * where `2` gives ints: `multiply(n, float(2))`. Numbers with a fraction are floats without saying.
 */
export class Float implements Wired {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  [toWire](): JsonValue {
    return this.value;
  }

  valueOf(): number {
    return this.value;
  }

  toString(): string {
    return Number.isInteger(this.value) ? `${this.value}.0` : String(this.value);
  }
}

/** A number that is a float though it is whole. */
export function float(value: number): Float {
  return new Float(value);
}

/** Arguments with their floats as plain numbers. */
export function withoutFloats(args: Arguments): unknown[] {
  return args.map((arg) => (arg instanceof Float ? arg.value : arg));
}

const repeated = /* @__PURE__ */ attachment<Arguments>();

/**
 * Runs `body`, in which a call of the operation repeats one with these arguments: a whole number that was a float is
 * one again, though whoever makes the call has seen a plain number.
 */
export function repeating<T>(operation: object, args: Arguments, body: () => T): T {
  repeated.set(operation, args);
  try {
    return body();
  } finally {
    repeated.set(operation, []);
  }
}

/** A call's arguments with the floats of the call that it repeats, if it repeats one. */
export function withRepeatedFloats(operation: object, args: Arguments): Arguments {
  const original = repeated.get(operation) ?? [];
  const again = (arg: unknown, i: number) => {
    const float = original[i];
    return float instanceof Float && float.value === arg ? float : arg;
  };
  return original.length > 0 ? args.map(again) : args;
}
