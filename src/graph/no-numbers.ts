import { ModelError } from "../errors.ts";

/** Complains about an operator of JavaScript, such as `a + b`, that makes a number of a tensor that has none. */
export function refuseOperator(tensor: string): never {
  const expected = "a function of ceratops/ops, such as add(a, b)";
  const received = `an operator of JavaScript on ${tensor}`;
  throw new ModelError("KerasTensor", `expected ${expected}, received ${received}. It has no numbers.`);
}
