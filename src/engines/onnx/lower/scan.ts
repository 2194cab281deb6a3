import type { Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import type { Graph, ValueInfo } from "../model.ts";
import type { Lowering } from "./lowering.ts";
import { type Scope, typeOf } from "./scope.ts";

const scan: Lowering<"scan"> = (
  scope,
  { inputs, outputs, attributes: { body, consts, carries, reverse } },
) => {
  const graph = lowerBody(scope, body, inputs.slice(0, consts));
  const scanned = inputs.length - consts - carries;
  const stacked = outputs.length - carries;
  const directions = (count: number) => new Array<number>(count).fill(reverse ? 1 : 0);
  return scope.split(
    "Scan",
    inputs.slice(consts).map((input) => scope.name(input)),
    outputs.length,
    {
      body: graph,
      num_scan_inputs: scanned,
      ...(reverse ? { scan_input_directions: directions(scanned) } : {}),
      ...(reverse && stacked > 0 ? { scan_output_directions: directions(stacked) } : {}),
    },
  );
};

/** A body sees the names of the graph around it, so constants and `consts` are not passed in. */
function lowerBody(outer: Scope, body: Program, consts: readonly Value[]): Graph {
  const scope = outer.inner();
  const { shared } = outer;
  for (const [i, value] of consts.entries()) {
    const tensor = outer.tensor(value);
    if (tensor) scope.bindTensor(body.inputs[i]!, outer.name(value), tensor);
    else scope.bind(body.inputs[i]!, outer.name(value));
  }
  const inputs = body.inputs.slice(consts.length).map((value): ValueInfo => {
    const name = shared.unique("step");
    scope.bind(value, name);
    return { name, type: typeOf(value), shape: value.shape };
  });
  scope.lower(scope, body);
  const outputs = body.outputs.map((value): ValueInfo => {
    const name = scope.node("Identity", [scope.name(value)]);
    return { name, type: typeOf(value), shape: value.shape };
  });
  return { name: shared.unique("body"), inputs, outputs, initializers: new Map(), nodes: scope.nodes };
}

export const scanLowerings = { scan };
