export * from "./non-neg.ts";
export * from "./norms.ts";
