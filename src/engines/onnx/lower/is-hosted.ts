import type { Instruction, Program } from "../../../program/primitives.ts";
import type { Spec } from "../../../program/value.ts";
import { lowerings } from "./table.ts";

/** Whether ONNX cannot say what an instruction does: it has no such operator, or the instruction works on texts. */
export function isHosted(instruction: Instruction): boolean {
  const { primitive, inputs, outputs } = instruction;
  if (lowerings[primitive] === null || inputs.some(isText) || outputs.some(isText)) return true;
  return bodiesOf(instruction).some(({ instructions }) => instructions.some(isHosted));
}

/** The programs inside an instruction. */
function bodiesOf({ primitive, attributes }: Instruction): Program[] {
  if (primitive === "scan") return [attributes.body];
  if (primitive === "cond") return [attributes.yes, attributes.no];
  return primitive === "while" ? [attributes.test, attributes.body] : [];
}

function isText({ dtype }: Spec): boolean {
  return dtype === "string";
}
