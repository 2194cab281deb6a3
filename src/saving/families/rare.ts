import * as applications from "../../layers/applications/index.ts";
import { EinsumDense } from "../../layers/core/einsum-dense.ts";
import { ReversibleEmbedding } from "../../layers/core/reversible-embedding.ts";
import { Dot } from "../../layers/merging/dot.ts";
import { SpectralNormalization } from "../../layers/normalization/spectral-normalization.ts";
import * as adaptive from "../../layers/pooling/adaptive-pooling.ts";
import { Normalization } from "../../layers/preprocessing/normalization.ts";
import { Pipeline } from "../../layers/preprocessing/pipeline.ts";
import { layersOf, type Part } from "./part.ts";

/** Layers that few models have, of families that most have something of. */
export const part: Part = /* @__PURE__ */ layersOf({
  ...applications,
  ...adaptive,
  Dot,
  EinsumDense,
  Normalization,
  Pipeline,
  ReversibleEmbedding,
  SpectralNormalization,
});
