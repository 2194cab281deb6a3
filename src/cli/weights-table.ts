import { printable } from "../json/printable.ts";
import type { Model } from "../models/model.ts";
import { flattenLayers } from "../models/model.ts";
import { keptTensors } from "../models/model-sizes.ts";
import { withThousands } from "../models/thousands.ts";
import type { Limits } from "../saving/budget.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import { datasetsIn, openAnyWeights, purposeOf } from "../saving/weights-file.ts";
import { formatShape, sizeOf } from "../tensor/shape.ts";
import { listing } from "./listing.ts";

/** What is said of a weight. */
export interface WeightReport {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly parameters: number;
  /** Whether training changes it; null where nobody knows. */
  readonly trainable: boolean | null;
}

/** The weights of a model, those of unknown classes too. */
export function weightsOf(model: Model): WeightReport[] {
  const known = model.weights.map(({ path, shape, dtype, trainable }) => ({
    name: path,
    shape,
    dtype,
    parameters: sizeOf(shape),
    trainable,
  }));
  const kept = flattenLayers(model)
    .filter((layer) => "keptClassName" in layer)
    .flatMap((layer) =>
      keptTensors(layer).map(({ shape, dtype }, i) => ({
        name: `${layer.name}/${i}`,
        shape,
        dtype,
        parameters: sizeOf(shape),
        trainable: null,
      })),
    );
  return [...known, ...kept];
}

/** The weights in a file, by where they are in it. */
export async function weightsIn(source: ByteSource, name: string, limits: Limits): Promise<WeightReport[]> {
  const arrays = datasetsIn(await openAnyWeights(source, name, limits));
  return arrays
    .filter((array) => purposeOf(array) === "weight")
    .map(({ path, shape, dtype }) => ({
      name: path.replace(/^\//, ""),
      shape,
      dtype,
      parameters: sizeOf(shape),
      trainable: null,
    }));
}

export function weightsTable(weights: readonly WeightReport[]): string {
  const total = weights.reduce((sum, { parameters }) => sum + parameters, 0);
  const rows = weights.map(({ name, shape, dtype, parameters, trainable }) => [
    printable(name),
    formatShape(shape),
    dtype,
    withThousands(parameters),
    trainable === false ? "not trained" : "",
  ]);
  const count = `${weights.length} ${weights.length === 1 ? "tensor" : "tensors"}`;
  return `${listing(rows, [false, false, false, true])}${count}, ${withThousands(total)} parameters\n`;
}
