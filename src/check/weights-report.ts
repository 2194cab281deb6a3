import type { Hdf5File } from "../saving/hdf5/index.ts";
import { datasetsIn, purposeOf } from "../saving/weights-file.ts";
import { bytesPerElement, isDType } from "../tensor/dtype.ts";
import { sizeOf } from "../tensor/shape.ts";

export interface TensorsReport {
  readonly tensors: number;
  readonly parameters: number;
  readonly bytes: number;
}

export interface WeightsReport {
  /** What a summary counts. */
  readonly layers: TensorsReport;
  readonly optimizer: TensorsReport;
  /** The states of random numbers, which are no weights. */
  readonly seeds: TensorsReport;
}

/** How much a file of weights holds, by its table of contents. */
export function weightsReport(file: Hdf5File): WeightsReport {
  const totals = { weight: nothing(), optimizer: nothing(), seed: nothing() };
  for (const array of datasetsIn(file)) {
    const count = sizeOf(array.shape);
    const total = totals[purposeOf(array)];
    total.tensors++;
    total.parameters += count;
    total.bytes += isDType(array.dtype) ? count * bytesPerElement(array.dtype) : 0;
  }
  return { layers: totals.weight, optimizer: totals.optimizer, seeds: totals.seed };
}

function nothing() {
  return { tensors: 0, parameters: 0, bytes: 0 };
}
