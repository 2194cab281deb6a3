import { dimension, filled } from "../../ops/dimensions.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { dropout } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { DType } from "../../tensor/dtype.ts";
import { readIn } from "./read-in.ts";

/** What dropout multiplies with, the same in all steps of a sequence; null where nothing is dropped. */
export interface CellMasks {
  readonly input: Numeric | null;
  readonly state: Numeric | null;
}

interface DroppingCell {
  readonly kernel: Variable;
  readonly units: number;
  readonly dropout: number;
  readonly recurrent_dropout: number;
  readonly seed_generator: SeedGenerator;
  readonly computeDtype: DType;
}

/** Draws the masks for one sequence. Source: Keras 3.6 `layers/rnn/dropout_rnn_cell.py`. */
export function cellMasks(cell: DroppingCell, like: Numeric, training: boolean): CellMasks {
  const draw = (size: number, rate: number) => {
    if (!training || rate === 0) return null;
    const ones = filled([dimension(like, 0), size], 1, cell.computeDtype);
    return dropout(readIn(like, ones), rate, cell.seed_generator);
  };
  return {
    input: draw(cell.kernel.shape[0]!, cell.dropout),
    state: draw(cell.units, cell.recurrent_dropout),
  };
}
