import { DEFAULT_DIALECT, writingDialect } from "../fields/dialect.ts";
import type { Field } from "../fields/field.ts";
import { type Kind, optional } from "../fields/kinds.ts";
import { readScope, withReadScope } from "../fields/scope.ts";
import { gathering } from "../registry/deserialize.ts";
import { serialize } from "../registry/serialize.ts";
import type { DTypePolicy } from "./dtype-policy.ts";
import { getPolicy, type PolicyLike } from "./policy.ts";

/** From this version of Keras on, configs hold a policy's envelope instead of its name. */
const FIRST_WITH_ENVELOPES = 304;

const aPolicy: Kind<PolicyLike, DTypePolicy> = {
  kind: "dtype_policy",
  expected: "a dtype policy or its name",
  schema: {
    anyOf: [{ type: "string" }, { type: "object", required: ["class_name", "config"] }, { type: "null" }],
  },
  parse(input, problems) {
    const scope = readScope();
    const read = () => getPolicy(input as PolicyLike);
    const policy = gathering(problems.issues, () =>
      scope ? withReadScope({ ...scope, path: problems.path }, read) : read(),
    );
    return policy as DTypePolicy;
  },
  toJson(policy) {
    return (writingDialect() ?? DEFAULT_DIALECT) < FIRST_WITH_ENVELOPES ? policy.name : serialize(policy);
  },
};

/** A field that holds a dtype policy; absent or null it is the global policy. */
export function dtypePolicy(): Field<PolicyLike, DTypePolicy, false> {
  return { ...optional(aPolicy, null), property: "dtype_policy" };
}
