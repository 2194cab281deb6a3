import type { Issue } from "../errors.ts";
import type { Field } from "../fields/field.ts";
import { type Kind, optional } from "../fields/kinds.ts";
import { currentReading, readingPart } from "../fields/reading.ts";
import { gathering } from "../registry/deserialize.ts";
import { ENVELOPE } from "../registry/object-field.ts";
import { serialize } from "../registry/serialize.ts";
import { DTypePolicy } from "./dtype-policy.ts";
import { getPolicy, type PolicyLike } from "./policy.ts";

/** A dtype policy; null is the global one. */
export const aPolicy: Kind<PolicyLike, DTypePolicy> = {
  kind: "dtype_policy",
  expected: "a dtype policy or its name",
  schema: {
    anyOf: [{ type: "string" }, ENVELOPE, { type: "null" }],
  },
  parse(input, problems) {
    const issues: Issue[] = [];
    const read = () => getPolicy(input as PolicyLike);
    const isPart = currentReading() !== null;
    const policy = gathering(issues, () => readingPart(() => problems.path, read));
    for (const { path, message } of issues)
      problems.issues.push({ path: isPart ? path : problems.path, message });
    return policy as DTypePolicy;
  },
  copy: (policy) =>
    policy.constructor === DTypePolicy ? policy : getPolicy(serialize(policy) as PolicyLike),
  toJson: serialize,
};

/** A field that holds a dtype policy; absent or null it is the global policy. */
export function dtypePolicy(): Field<PolicyLike, DTypePolicy, false> {
  return { ...optional(aPolicy, null), property: "dtype_policy" };
}
