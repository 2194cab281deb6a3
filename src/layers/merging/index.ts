import { Concatenate } from "./concatenate.ts";
import { Dot } from "./dot.ts";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "./elementwise.ts";

export * from "./functions.ts";
export { Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract };

/** The classes of this family, for the registry of built-ins. */
export const mergingLayers = [Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract] as const;
