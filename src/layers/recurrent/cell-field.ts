import type { Kind } from "../../fields/kinds.ts";
import { aLayer, isUnknown, type LayerLike } from "../layer-field.ts";
import type { RecurrentCell } from "./cell.ts";

/** The kind of the fields that hold a cell. */
export const aCell: Kind<LayerLike, RecurrentCell> = {
  ...aLayer,
  expected: "a layer with a state_size",
  parse(input, problems) {
    const layer = aLayer.parse(input, problems);
    if (layer === undefined || "state_size" in layer || isUnknown(layer)) return layer as RecurrentCell;
    return problems.expected("a layer with a state_size", input);
  },
};
