export * from "./norms.ts";
export * from "./orthogonal.ts";
