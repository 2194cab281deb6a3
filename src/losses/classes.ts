export * from "./crossentropy.ts";
export * from "./hinge.ts";
export * from "./overlap.ts";
export * from "./regression.ts";
export * from "./sequence.ts";
