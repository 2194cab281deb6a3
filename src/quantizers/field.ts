import { familyOf, type Identifier, type NamesOf } from "../registry/family.ts";
import { objectsOf } from "../registry/members.ts";
import { AbsMaxQuantizer, Quantizer } from "./quantizer.ts";

const classes = { AbsMaxQuantizer };

/** The names of Keras's quantizers. */
export type QuantizerName = NamesOf<typeof classes>;

/** What stands for a quantizer: its name (`"abs_max_quantizer"`), an instance, a class, an envelope. */
export type QuantizerLike = Identifier<Quantizer, QuantizerName>;

const family = /* @__PURE__ */ familyOf<"quantizer", QuantizerLike, Quantizer>({
  kind: "quantizer",
  expected: "a quantizer or the name of one",
  classes,
  members: objectsOf(Quantizer, "call"),
});

/** A field that holds a quantizer or null. */
export const quantizer = family.field;

/** The quantizer that an identifier stands for; null for null. */
export const getQuantizer = family.get;
