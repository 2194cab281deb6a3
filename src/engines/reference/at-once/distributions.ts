import { distributionRules } from "../../../program/rules/distributions.ts";
import { distributionKernels } from "../distributions.ts";
import { addKernels } from "../known.ts";

// Lets numbers of rare distributions be drawn at once.
addKernels(distributionKernels, distributionRules);
