import { fourierRules } from "../../../program/rules/fourier.ts";
import { fourierKernels } from "../fourier.ts";
import { inFloat32 } from "../half.ts";
import { addKernels } from "../known.ts";

// Lets signals be transformed at once, where the program computes at once.
addKernels(inFloat32(fourierKernels), fourierRules);
