import { setEvaluator } from "../../../program/eager.ts";
import { usualRules } from "../../../program/usual-rules.ts";
import { addKernels, evaluate } from "../known.ts";
import { usualKernels } from "../usual-kernels.ts";

// Lets operations on tensors be computed at once, but for rare ones, which come with what is written with them.
addKernels(usualKernels, usualRules);
setEvaluator(evaluate);
