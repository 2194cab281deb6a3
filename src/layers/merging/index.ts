export { Concatenate } from "./concatenate.ts";
export { Dot } from "./dot.ts";
export { Add, Average, Maximum, Minimum, Multiply, Subtract } from "./elementwise.ts";
export * from "./functions.ts";
