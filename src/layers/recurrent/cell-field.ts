import { type Kind, refine } from "../../fields/kinds.ts";
import { aLayer, isUnknown, type LayerLike } from "../layer-field.ts";
import type { RecurrentCell } from "./cell.ts";

/** The kind of the fields that hold a cell. */
export const aCell: Kind<LayerLike, RecurrentCell> = refine(
  aLayer,
  "a layer with a state_size",
  (layer): layer is RecurrentCell => "state_size" in layer || isUnknown(layer),
);
