import { knowKeras2 } from "../../dialects/older.ts";
import { dialectOf } from "../../fields/origin.ts";
import { oldMasks } from "./masks.ts";
import { sayMasks } from "./masks-written.ts";

/** Has the program read what Keras 2 and older wrote, and write what Keras 2 reads, with what layers did otherwise there. */
export function knowOlderLayers(): void {
  knowKeras2({ computing: oldMasks, dialectOf, written: sayMasks });
}
