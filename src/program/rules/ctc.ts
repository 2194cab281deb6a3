import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { emit, type Numeric, type Operand } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectDtype, expectFloat, expectRank, mayEqual } from "./check.ts";

function beamSearch(inputs: readonly Spec[], { topPaths }: Attributes["ctc_beam_search"]): Spec[] {
  const [scores, lengths] = inputs as [Spec, Spec];
  expectFloat(scores, "ctc_beam_search");
  expectRank(scores, 3, "scores", "ctc_beam_search");
  expectDtype(lengths, "int32", "lengths", "ctc_beam_search");
  const [batch, steps] = scores.shape as [number | null, number | null];
  if (lengths.shape.length !== 1 || !mayEqual(lengths.shape[0]!, batch)) {
    throw new ShapeError(
      "ctc_beam_search",
      `expected a length for each of ${batch ?? "None"}, received ${formatShape(lengths.shape)}.`,
    );
  }
  return [
    { shape: [topPaths, batch, steps], dtype: "int32" },
    { shape: [batch, topPaths], dtype: scores.dtype },
  ];
}

export const ctcRules = { ctc_beam_search: beamSearch };

/** The likeliest labelings of sequences, likeliest first, and the logarithms of how likely they are. */
export function ctcBeamSearch(
  inputs: readonly Operand[],
  attributes: Attributes["ctc_beam_search"],
): [paths: Numeric, scores: Numeric] {
  const [paths, scores] = emit(ctcRules, "ctc_beam_search", inputs, attributes);
  return [paths!, scores!];
}
