import type { Attributes, PrimitiveName } from "../program/primitives.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { attributedTrials } from "./primitive-cases/attributed.ts";
import type { Trials } from "./primitive-cases/case.ts";
import { controlTrials } from "./primitive-cases/control.ts";
import { elementwiseTrials } from "./primitive-cases/elementwise.ts";
import { linearTrials } from "./primitive-cases/linear.ts";
import { matrixTrials } from "./primitive-cases/matrices.ts";
import { orderTrials } from "./primitive-cases/order.ts";
import { Random } from "./primitive-cases/random.ts";
import { sequenceTrials } from "./primitive-cases/sequences.ts";
import { shapeTrials } from "./primitive-cases/shape.ts";
import { textTrials } from "./primitive-cases/text.ts";

/** For every primitive, what makes random inputs and attributes for it. Support for tests of engines. */
export const trials: { readonly [K in PrimitiveName]: Trials<K> } = {
  ...elementwiseTrials,
  ...attributedTrials,
  ...shapeTrials,
  ...linearTrials,
  ...matrixTrials,
  ...sequenceTrials,
  ...orderTrials,
  ...controlTrials,
  ...textTrials,
};

export interface PrimitiveCase<K extends PrimitiveName = PrimitiveName> {
  readonly primitive: K;
  /** Unique among the cases of its primitive. */
  readonly label: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes[K];
}

/** Every primitive's cases with random inputs; the same for the same seed. */
export function primitiveCases(seed = 1): PrimitiveCase[] {
  const random = new Random(seed);
  return (Object.keys(trials) as PrimitiveName[]).flatMap((primitive) =>
    trials[primitive](random).map((trial): PrimitiveCase => ({ primitive, ...trial })),
  );
}
