import { full } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { kerasInitializer } from "./initializer.ts";

/** All zeros. */
export class Zeros extends kerasInitializer("Zeros", {}) {
  override create(shape: StaticShape, dtype: DType) {
    return full(shape, 0, dtype);
  }
}

/** All ones. */
export class Ones extends kerasInitializer("Ones", {}) {
  override create(shape: StaticShape, dtype: DType) {
    return full(shape, 1, dtype);
  }
}
