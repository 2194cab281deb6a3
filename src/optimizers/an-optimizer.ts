import type { Kind } from "../fields/kinds.ts";
import type { JsonObject } from "../json/json.ts";
import { gathering } from "../registry/deserialize.ts";
import { serialize } from "../registry/serialize.ts";
import { Optimizer } from "./optimizer.ts";
import { readEnvelope } from "./read-envelope.ts";

/** What stands for an optimizer inside another: one, or its envelope. */
export type InnerOptimizer = Optimizer | Readonly<JsonObject>;

/** The kind of the fields that hold an optimizer. */
export const anOptimizer: Kind<InnerOptimizer, Optimizer> = {
  kind: "optimizer",
  expected: "an optimizer",
  schema: { type: "object", required: ["class_name", "config"] },
  parse(input, problems) {
    const before = problems.issues.length;
    const found = gathering(problems.issues, () => readEnvelope(input, problems));
    if (problems.issues.length > before) return undefined as never;
    return found instanceof Optimizer ? found : problems.expected("an optimizer", input);
  },
  toJson: serialize,
};
