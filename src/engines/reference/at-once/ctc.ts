import { ctcRules } from "../../../program/rules/ctc.ts";
import { ctcKernels } from "../ctc.ts";
import { inFloat32 } from "../half.ts";
import { addKernels } from "../known.ts";

// Lets sequences be decoded at once, where the program computes at once.
addKernels(inFloat32(ctcKernels), ctcRules);
