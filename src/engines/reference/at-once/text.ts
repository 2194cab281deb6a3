import { textRules } from "../../../program/rules/text.ts";
import { addKernels } from "../known.ts";
import { textKernels } from "../text/kernels.ts";

// Lets texts be worked on at once, where the program computes at once.
addKernels(textKernels, textRules);
