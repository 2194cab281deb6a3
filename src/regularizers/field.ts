import { familyOf, type Identifier, type NamesOf } from "../registry/family.ts";
import { objectsOf } from "../registry/members.ts";
import * as classes from "./classes.ts";
import { Regularizer, type RegularizerFunction } from "./regularizer.ts";

const aliases = { l1_l2: "L1L2" };

/** The names of Keras's regularizers. */
export type RegularizerName = NamesOf<typeof classes> | keyof typeof aliases;

/** What stands for a regularizer: its name (`"l2"`), an instance, a class, a function, an envelope. */
export type RegularizerLike = Identifier<Regularizer, RegularizerName> | RegularizerFunction;

const family = /* @__PURE__ */ familyOf<"regularizer", RegularizerLike, Regularizer>({
  kind: "regularizer",
  expected: "a regularizer, the name of one, or a function",
  classes,
  droppable: true,
  aliases,
  members: objectsOf(Regularizer, "call"),
});

/** A field that holds a regularizer or null. */
export const regularizer = family.field;

/** Fields for regularizers by what they are for: `regularizers("kernel")` is `{ kernel_regularizer: regularizer() }`. */
export const regularizers = family.fields;

/** The regularizer that an identifier stands for; null for null. */
export const getRegularizer = family.get;
