import type { JsonValue } from "../json/json.ts";
import { toWire, type Wired } from "../registry/literals.ts";
import type { OpaqueObject } from "../registry/opaque.ts";
import { serialize } from "../registry/serialize.ts";
import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Initializer } from "./initializer.ts";

/** A function that fills a new variable. */
export type InitializerFunction = (shape: StaticShape, dtype: DType) => Tensor;

/** An initializer that is a function; configs hold the function's name. */
export class FunctionInitializer extends Initializer implements Wired {
  readonly fn: InitializerFunction;

  constructor(fn: InitializerFunction) {
    super();
    this.fn = fn;
  }

  create(shape: StaticShape, dtype: DType): Tensor {
    return this.fn(shape, dtype);
  }

  [toWire](): JsonValue {
    return serialize(this.fn);
  }
}

/** An initializer without its code: kept and written back, but of no use. */
export class OpaqueInitializer extends Initializer implements Wired {
  readonly object: OpaqueObject;

  constructor(object: OpaqueObject) {
    super();
    this.object = object;
  }

  create(): Tensor {
    throw this.object.unusable("initializer");
  }

  [toWire](): JsonValue {
    return this.object[toWire]();
  }
}
