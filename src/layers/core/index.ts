import { Dense } from "./dense.ts";
import { EinsumDense } from "./einsum-dense.ts";
import { Embedding } from "./embedding.ts";
import { Identity } from "./identity.ts";
import { InputLayer } from "./input-layer.ts";
import { Lambda } from "./lambda.ts";
import { Masking } from "./masking.ts";
import { Wrapper } from "./wrapper.ts";

export { Input, type InputOptions } from "./input-layer.ts";
export { Dense, EinsumDense, Embedding, Identity, InputLayer, Lambda, Masking, Wrapper };

/** The classes of this family, for the registry of built-ins. */
export const coreLayers = [
  Dense,
  EinsumDense,
  Embedding,
  Identity,
  InputLayer,
  Lambda,
  Masking,
  Wrapper,
] as const;
