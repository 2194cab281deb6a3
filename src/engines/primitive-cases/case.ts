import type { Attributes, PrimitiveName } from "../../program/primitives.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Random } from "./random.ts";

/** A primitive's inputs and attributes, to run through an engine. */
export interface Trial<A> {
  readonly label: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: A;
}

/** Makes the trials of one primitive. */
export type Trials<K extends PrimitiveName> = (random: Random) => Trial<Attributes[K]>[];
