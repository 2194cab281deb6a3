import { EngineError } from "../../../errors.ts";
import type { Instruction, PrimitiveName, Program } from "../../../program/primitives.ts";
import { onnxTensor } from "../data-type.ts";
import { foldPadding } from "./fold-padding.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";
import { lowerings } from "./table.ts";

/** Primitives that only move elements, so that a result is as round as what went in. */
const moving: ReadonlySet<PrimitiveName> = new Set([
  "neg",
  "abs",
  "relu",
  "stop_gradient",
  "select",
  "min",
  "max",
  "reduce_max",
  "reduce_min",
  "reshape",
  "broadcast_to",
  "transpose",
  "slice",
  "concat",
  "gather",
  "gather_along",
  "max_pool",
  "sort",
  "top_k",
  "scan",
]);

/** Appends the constants, variables and instructions of a Program, whose inputs are bound already. */
export function lowerInstructions(scope: Scope, program: Program): void {
  for (const [value, tensor] of program.constants) {
    const known = onnxTensor(tensor);
    scope.bindConstant(value, scope.constant(known), known);
  }
  for (const [value, variable] of program.variables) {
    const { name, constant } = scope.shared.variable(variable);
    if (constant) scope.bindConstant(value, name, constant);
    else scope.bind(value, name);
  }
  for (const instruction of foldPadding(program.instructions)) {
    const names = lower(scope, instruction);
    for (const [i, output] of instruction.outputs.entries()) {
      const rounded = output.dtype === "bfloat16" && !moving.has(instruction.primitive);
      if (!scope.has(output)) scope.bind(output, rounded ? scope.round(names[i]!) : names[i]!);
    }
  }
}

function lower<K extends PrimitiveName>(scope: Scope, instruction: Instruction<K>): readonly string[] {
  const lowering = lowerings[instruction.primitive as K] as Lowering<K> | null;
  if (lowering === null)
    throw new EngineError("onnx", `expected what ONNX has operators for, received ${instruction.primitive}.`);
  return lowering(scope, instruction);
}
