import type { Hdf5File, Hdf5Group } from "../../saving/hdf5/index.ts";
import { bytesPerElement, isDType } from "../../tensor/dtype.ts";

export interface TensorsReport {
  readonly tensors: number;
  readonly parameters: number;
  readonly bytes: number;
}

export interface WeightsReport {
  readonly layers: TensorsReport;
  readonly optimizer: TensorsReport;
}

/** How much a file of weights holds, by its table of contents. */
export function weightsReport({ root }: Hdf5File): WeightsReport {
  const layers = { tensors: 0, parameters: 0, bytes: 0 };
  const optimizer = { tensors: 0, parameters: 0, bytes: 0 };
  const pending: Hdf5Group[] = [root];
  for (let group = pending.pop(); group; group = pending.pop()) {
    for (const child of group.children.values()) {
      if (child.kind === "group") {
        pending.push(child);
        continue;
      }
      const count = child.shape.reduce((size, dimension) => size * dimension, 1);
      const total = child.path.startsWith("/optimizer/") ? optimizer : layers;
      total.tensors++;
      total.parameters += count;
      total.bytes += isDType(child.dtype) ? count * bytesPerElement(child.dtype) : 0;
    }
  }
  return { layers, optimizer };
}
