import { getInitializer } from "../../initializers/field.ts";
import type { Initializer, InitializerFunction } from "../../initializers/initializer.ts";
import { fromNumbers, toNumbers } from "../../tensor/create.ts";

/** Fills the biases of an LSTM's four gates, those of the forget gate with ones. */
export function withForgetBias(given: Initializer | null, units: number): InitializerFunction {
  const initializer = given ?? getInitializer("glorot_uniform");
  return (_shape, dtype) => {
    const input = initializer.create([units], dtype);
    const rest = initializer.create([2 * units], dtype);
    const ones = new Array<number>(units).fill(1);
    return fromNumbers(dtype, [4 * units], [...toNumbers(input), ...ones, ...toNumbers(rest)]);
  };
}
