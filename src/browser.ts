// All of it in one file, for a page that has no bundler: `import { loadModel } from "…/ceratops.min.js"`.

export * as activations from "./activations/index.ts";
export * as constraints from "./constraints/index.ts";
export * as dtypePolicies from "./dtype-policies/index.ts";
export { onnxruntime } from "./engines/onnxruntime/index.ts";
export { reference } from "./engines/reference/index.ts";
export * as fields from "./fields.ts";
export * from "./index.ts";
export * as initializers from "./initializers/index.ts";
export * as layers from "./layers/index.ts";
export * as losses from "./losses/index.ts";
export * as metrics from "./metrics/index.ts";
export * as ops from "./ops/index.ts";
export * as optimizers from "./optimizers/index.ts";
export * as regularizers from "./regularizers/index.ts";
export * from "./saving/index.ts";
