export { DTypePolicy } from "./dtype-policy.ts";
export { DTypePolicyMap } from "./dtype-policy-map.ts";
export { FloatDTypePolicy } from "./float-dtype-policy.ts";
export * from "./quantized.ts";
