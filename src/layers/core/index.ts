export { Dense } from "./dense.ts";
export { EinsumDense } from "./einsum-dense.ts";
export { Embedding } from "./embedding.ts";
export { Identity } from "./identity.ts";
export { Input, InputLayer, type InputOptions } from "./input-layer.ts";
export { Lambda } from "./lambda.ts";
export { Masking } from "./masking.ts";
export { Wrapper } from "./wrapper.ts";
