import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { Variable } from "../program/variable.ts";
import { StoredTensor, sumOf } from "./stored-tensor.ts";

/**
 * What is known of the bytes that a weight's value comes from: `"checked"` where the checksum of its file was compared,
 * `"unchecked"` where the file was not read whole yet, `"none"` where there is no checksum: of a weight that was made or
 * assigned here, or is from a file without one.
 */
export type Integrity = "checked" | "unchecked" | "none";

/**
 * Says of a weight whether it is known to be what was written. Weights are read one by one, while the checksum of a
 * `.keras` file is that of all of them.
 *
 * @example
 * const bytes = await toBytes(new Sequential([Input({ shape: [4] }), new Dense({ units: 1 })]));
 * const model = await loadModel(bytes, { verify: true });
 * const known = integrityOf(model.weights[0]!); // "checked"
 */
export function integrityOf(weight: Variable): Integrity {
  if (!(weight instanceof Variable))
    throw new ModelError("integrityOf", `expected a weight, received ${inspect(weight)}.`);
  const { source } = weight;
  const sum = source === null ? sumOf(weight.value) : source instanceof StoredTensor ? source.sum : undefined;
  if (!sum) return "none";
  return sum.isChecked ? "checked" : "unchecked";
}
