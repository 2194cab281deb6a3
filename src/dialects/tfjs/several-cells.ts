import type { JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";

/** Whether what stands as the cell of an RNN holds several, whose states TensorFlow.js has backwards. */
export function hasSeveralCells(cell: JsonValue | undefined): boolean {
  const { cells } = isDict(cell) && isDict(cell.config) ? cell.config : {};
  return Array.isArray(cells) && cells.length > 1;
}
