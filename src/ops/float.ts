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
