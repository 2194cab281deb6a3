import { specRules } from "../../../program/spec-rules.ts";
import { kernels } from "../kernels.ts";
import { addKernels } from "../known.ts";
import "./usual.ts";

// Lets every operation on tensors be computed at once.
addKernels(kernels, specRules);
