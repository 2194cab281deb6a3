import type { Field } from "../fields/field.ts";
import { type Kind, optional } from "../fields/kinds.ts";
import type { DType } from "../tensor/dtype.ts";
import { aPolicy } from "./field.ts";
import type { PolicyLike } from "./policy.ts";

/** A dtype, or a policy that stands for the one it computes in; null is float32, whatever the global policy is. */
const aComputeDType: Kind<PolicyLike, DType> = {
  ...aPolicy,
  kind: "dtype",
  parse(input, problems) {
    const before = problems.issues.length;
    const policy = aPolicy.parse(input ?? "float32", problems);
    return problems.issues.length > before ? (undefined as never) : policy.computeDtype;
  },
  toJson: (dtype) => dtype,
  copy: (dtype) => dtype,
};

/** A field that holds the dtype that losses and metrics compute in. */
export function computeDType(byDefault: PolicyLike = null): Field<PolicyLike, DType, false> {
  return optional(aComputeDType, byDefault);
}
