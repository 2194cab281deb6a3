import type { Instruction } from "../../../program/primitives.ts";
import type { Spec } from "../../../program/value.ts";
import { lowerings } from "./table.ts";

/** Whether ONNX cannot say what an instruction does: it has no such operator, or the instruction works on texts. */
export function isHosted({ primitive, attributes, inputs, outputs }: Instruction): boolean {
  if (lowerings[primitive] === null || inputs.some(isText) || outputs.some(isText)) return true;
  return primitive === "scan" && attributes.body.instructions.some(isHosted);
}

function isText({ dtype }: Spec): boolean {
  return dtype === "string";
}
