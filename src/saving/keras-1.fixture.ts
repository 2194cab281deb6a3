import { readdirSync, readFileSync } from "node:fs";
import { fromNumbers } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";

interface StoredValues {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** What Keras 1 said of a model beside its file. */
interface Facts {
  readonly class_name: string;
  readonly yaml: string;
  readonly inputs: readonly StoredValues[];
  readonly outputs: readonly StoredValues[];
}

const folder = new URL("../../golden/1.2/models/", import.meta.url);

/** The models that Keras 1 wrote. */
export const names: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".h5"))
  .map((name) => name.slice(0, -3));

export function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`${name}.h5`, folder)));
}

export function factsOf(name: string): Facts {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Facts;
}

export function tensorOf({ dtype, shape, values }: StoredValues): Tensor {
  return fromNumbers(dtype, shape, values);
}
