import type { Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import type { Graph } from "../model.ts";
import { bodyScope, givenBack, graphOf, passedIn } from "./body.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

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
  const scope = bodyScope(outer, body, consts);
  const inputs = passedIn(scope, body.inputs.slice(consts.length));
  scope.lower(scope, body);
  return graphOf(scope, inputs, givenBack(scope, body.outputs));
}

export const scanLowerings = { scan };
