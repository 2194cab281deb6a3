import { familyOf, type Identifier } from "../registry/family.ts";
import { objectsOf } from "../registry/members.ts";
import * as classes from "./classes.ts";
import { Regularizer, type RegularizerFunction } from "./regularizer.ts";

/** What stands for a regularizer: its name, an instance, a class, a function, an envelope. */
export type RegularizerLike = Identifier<Regularizer> | RegularizerFunction;

const family = /* @__PURE__ */ familyOf<"regularizer", RegularizerLike, Regularizer>({
  kind: "regularizer",
  expected: "a regularizer, the name of one, or a function",
  classes,
  aliases: { l1_l2: "L1L2" },
  members: objectsOf(Regularizer, "call"),
});

/** A field that holds a regularizer or null. */
export const regularizer = family.field;

/** Fields for regularizers by what they are for: `regularizers("kernel")` is `{ kernel_regularizer: regularizer() }`. */
export const regularizers = family.fields;

/** The regularizer that an identifier stands for; null for null. */
export const getRegularizer = family.get;
