import type { JsonValue } from "../json/json.ts";
import type { Operand, Result } from "../program/emit.ts";
import { toWire, type Wired } from "../registry/literals.ts";
import type { OpaqueObject } from "../registry/opaque.ts";
import { serialize } from "../registry/serialize.ts";
import { Regularizer } from "./regularizer.ts";

/** A function that is used as a regularizer. */
export type RegularizerFunction = (x: Operand) => Result;

/** A regularizer that is a function; configs hold the function's name. */
export class FunctionRegularizer extends Regularizer implements Wired {
  readonly fn: RegularizerFunction;

  constructor(fn: RegularizerFunction) {
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

/** A regularizer without its code: kept and written back, but of no use. */
export class OpaqueRegularizer extends Regularizer implements Wired {
  readonly object: OpaqueObject;

  constructor(object: OpaqueObject) {
    super();
    this.object = object;
  }

  call(): Result {
    throw this.object.unusable("regularizer");
  }

  [toWire](): JsonValue {
    return this.object[toWire]();
  }
}
