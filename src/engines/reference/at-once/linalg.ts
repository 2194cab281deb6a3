import { linalgRules } from "../../../program/rules/linalg.ts";
import { inFloat32 } from "../half.ts";
import { addKernels } from "../known.ts";
import { linalgKernels } from "../linalg/kernels.ts";

// Lets matrices be taken apart at once, where the program computes at once.
addKernels(inFloat32(linalgKernels), linalgRules);
