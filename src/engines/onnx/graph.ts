import type { Program } from "../../program/primitives.ts";
import type { Variable } from "../../program/variable.ts";
import { lowerInstructions } from "./lower/instructions.ts";
import { Scope, typeOf } from "./lower/scope.ts";
import { type LargeWeights, Shared } from "./lower/shared.ts";
import type { Graph, ValueInfo } from "./model.ts";
import { prune } from "./prune.ts";

export interface GraphOptions {
  /** The name of the graph. Defaults to `program`. */
  readonly name?: string;
  /** Defaults to `input_0`, `input_1`, … */
  readonly inputNames?: readonly string[];
  /** Defaults to `output_0`, `output_1`, …; the new values of updated variables follow, as `updated/<path>`. */
  readonly outputNames?: readonly string[];
  /** The name of the first dimension of inputs where it is unknown; without it no two are taken to be equal. */
  readonly batch?: string;
  /** The places of outputs whose first dimension is as many as that of the inputs, where it is unknown. */
  readonly batchOutputs?: readonly number[];
  /** Variables as part of the model (the default), or all or those that are updated as further inputs, named by their paths. */
  readonly variables?: "constants" | "inputs" | "updated inputs";
}

export interface ProgramGraph {
  readonly graph: Graph;
  /** The variables that are inputs, after the Program's own inputs. */
  readonly variables: readonly Variable[];
}

/** A Program as an ONNX graph. Unknown dimensions stay open. */
export function toGraph(
  program: Program,
  options: GraphOptions = {},
  large: LargeWeights = () => null,
): ProgramGraph {
  const inputNames = options.inputNames ?? program.inputs.map((_, i) => `input_${i}`);
  const outputNames = options.outputNames ?? program.outputs.map((_, i) => `output_${i}`);
  const open = (name: string, axis: number) =>
    axis === 0 && options.batch ? options.batch : `${name}_dim_${axis}`;
  const isInput = (variable: Variable) => isInputOf(program, options, variable);
  const shared = new Shared(isInput, large, [...inputNames, ...outputNames]);
  const scope = new Scope(shared, lowerInstructions);
  const inputs = program.inputs.map((value, i): ValueInfo => {
    const name = inputNames[i]!;
    scope.bind(value, name);
    const shape = value.shape.map((size, axis) => size ?? open(name, axis));
    return { name, type: typeOf(value), shape };
  });
  lowerInstructions(scope, program);
  const results = program.outputs.map((value, i) => ({ value, name: outputNames[i]! }));
  for (const [variable, value] of program.updates) {
    results.push({ value, name: shared.claim(`updated/${variable.path}`) });
  }
  // An output needs a name of its own, even where it is an input, a constant or given twice.
  const outputs = results.map(({ value, name }, i): ValueInfo => {
    const batch = options.batchOutputs?.includes(i) ? (options.batch ?? null) : null;
    scope.nodes.push({ op: "Identity", inputs: [scope.name(value)], outputs: [name], attributes: {} });
    const shape = value.shape.map((size, axis) => size ?? (axis === 0 ? batch : null));
    return { name, type: typeOf(value), shape };
  });
  for (const { name, variable } of shared.variableInputs) {
    inputs.push({ name, type: typeOf(variable), shape: variable.shape });
  }
  const graph: Graph = {
    name: options.name ?? "program",
    inputs,
    outputs,
    initializers: shared.initializers,
    nodes: scope.nodes,
  };
  return { graph: prune(graph), variables: shared.variableInputs.map(({ variable }) => variable) };
}

/** Whether a variable is not part of the model. */
export function isInputOf(
  { updates }: Program,
  { variables }: Pick<GraphOptions, "variables">,
  variable: Variable,
): boolean {
  return variables === "inputs" || (variables === "updated inputs" && updates.has(variable));
}
