import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import { arange } from "../creation.ts";
import { calculate, dimension, dimensions, filled, product, reshapeTo } from "../dimensions.ts";
import { asDType } from "../operands.ts";
import { scattered } from "../scatter.ts";

/** How often each of 0, 1, … `bins - 1` is in each row of integers `(rows, n)`: int32 `(rows, bins)`. */
export function histograms(values: Numeric, bins: number): Numeric {
  const rows = dimension(values, 0);
  const places = reshapeTo(inOwnTable(values, bins), [-1, 1]);
  const ones = filled([product(dimensions(values))], 1, "int32");
  const none = filled([calculate("mul", rows, bins)], 0, "int32");
  return reshapeTo(scattered(none, places, ones), [rows, bins]);
}

/** What stands at places `(rows, n)` of tables `(rows, bins)`, each row in its own. */
export function lookedUp(tables: Numeric, places: Numeric): Numeric {
  const bins = tables.shape[1] as number;
  return gatherPrim("gather", [reshapeTo(tables, [-1]), inOwnTable(places, bins)], { axis: 0 });
}

function inOwnTable(places: Numeric, bins: number): Numeric {
  const starts = prim("mul", [asDType(arange(dimension(places, 0)), "int32"), asDType(bins, "int32")]);
  return prim("add", [asDType(places, "int32"), reshapeTo(starts, [-1, 1])]);
}
