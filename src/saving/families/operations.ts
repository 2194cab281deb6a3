import "../../engines/reference/at-once/fourier.ts";
import { activationClasses } from "../../activations/classes.ts";
import { opClasses } from "../../ops/classes.ts";
import type { Part } from "./part.ts";

/** Operations that are called in graphs. */
export const part: Part = { classes: [...opClasses(), ...activationClasses()] };
