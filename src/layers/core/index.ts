export { Dense } from "./dense.ts";
export { EinsumDense, type EinsumDenseOptions } from "./einsum-dense.ts";
export { Embedding, type EmbeddingOptions } from "./embedding.ts";
export { Identity, type IdentityOptions } from "./identity.ts";
export { Input, InputLayer, type InputOptions } from "./input-layer.ts";
export { Lambda, type LambdaOptions } from "./lambda.ts";
export { Masking, type MaskingOptions } from "./masking.ts";
export { ReversibleEmbedding, type ReversibleEmbeddingOptions } from "./reversible-embedding.ts";
export { Wrapper, type WrapperOptions } from "./wrapper.ts";
