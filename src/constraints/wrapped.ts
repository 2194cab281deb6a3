import type { JsonValue } from "../json/json.ts";
import type { Operand, Result } from "../program/emit.ts";
import { toWire, type Wired } from "../registry/literals.ts";
import type { OpaqueObject } from "../registry/opaque.ts";
import { serialize } from "../registry/serialize.ts";
import { Constraint } from "./constraint.ts";

/** A function that is used as a constraint. */
export type ConstraintFunction = (x: Operand) => Result;

/** A constraint that is a function; configs hold the function's name. */
export class FunctionConstraint extends Constraint implements Wired {
  readonly fn: ConstraintFunction;

  constructor(fn: ConstraintFunction) {
    super();
    this.fn = fn;
  }

  call(x: Operand): Result {
    return this.fn(x);
  }

  [toWire](): JsonValue {
    return serialize(this.fn);
  }
}

/** A constraint without its code: kept and written back, but of no use. */
export class OpaqueConstraint extends Constraint implements Wired {
  readonly object: OpaqueObject;

  constructor(object: OpaqueObject) {
    super();
    this.object = object;
  }

  call(): Result {
    throw this.object.unusable("constraint");
  }

  [toWire](): JsonValue {
    return this.object[toWire]();
  }
}
