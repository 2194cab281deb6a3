import { add, subtract } from "../../ops/arithmetic.ts";
import { equal, greaterEqual, less, logicalAnd, where } from "../../ops/comparison.ts";
import { mod } from "../../ops/division.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import { textPrim } from "../../program/rules/text.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Salt, saltOf } from "./fields.ts";
import { oovStart, type SpecialTerms, termStart } from "./vocabulary.ts";

/** What a lookup goes by. */
export interface Lookup extends SpecialTerms {
  readonly oov_method: "floormod" | "farmhash";
  readonly salt: Salt | null;
}

/** The terms as they are looked up: the mask in front of them, where there is one. */
export interface Table {
  readonly terms: Tensor;
  readonly hasMask: boolean;
}

/**
 * The int32 that stands for each key: unknown ones share the place for them, or a hash chooses one of several. The mask
 * is 0, or where there is a row of numbers for each key, -1, which counts nowhere.
 */
export function placesOf(keys: Numeric, { terms, hasMask }: Table, lookup: Lookup): Numeric {
  const { num_oov_indices: unknown, output_mode } = lookup;
  const found = textPrim("lookup", [keys, terms], { all: unknown === 0 });
  const moved = add(found, termStart(lookup) - Number(hasMask));
  const known = unknown === 0 ? moved : where(less(found, 0), oovPlaces(keys, lookup), moved);
  return hasMask ? where(equal(found, 0), output_mode === "int" ? 0 : -1, known) : known;
}

/** Where keys stand that are in no vocabulary. */
function oovPlaces(keys: Numeric, lookup: Lookup): Numeric | number {
  const { num_oov_indices: bins, oov_method, salt } = lookup;
  const start = oovStart(lookup);
  if (bins === 1) return start;
  const bin =
    keys.dtype === "string" || oov_method === "farmhash"
      ? textPrim("hash_text", [keys], { bins, salt: saltOf(salt) })
      : asDType(mod(keys, bins), "int32");
  return add(bin, start);
}

/** The terms that integers stand for: of a table in which, behind the mask, one term is what all unknown ones are. */
export function termsAt(places: Numeric, { terms }: Table, lookup: Lookup): Numeric {
  const unknown = oovStart(lookup);
  const first = termStart(lookup);
  const end = first + terms.size - unknown - 1;
  const isKnown = logicalAnd(greaterEqual(places, first), less(places, end));
  const known = where(isKnown, subtract(places, first - unknown - 1), unknown);
  const at = unknown === 1 ? where(equal(places, 0), 0, known) : known;
  return gatherPrim("gather", [terms, asDType(at, "int32")], { axis: 0 });
}
