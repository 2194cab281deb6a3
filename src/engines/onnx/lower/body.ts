import type { Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import type { Graph, ValueInfo } from "../model.ts";
import { type Scope, typeOf } from "./scope.ts";

/** The scope of a body whose first inputs are values of the graph around it: it sees their names, and they are not passed in. */
export function bodyScope(outer: Scope, body: Program, known: readonly Value[]): Scope {
  const scope = outer.inner();
  for (const [i, value] of known.entries()) {
    const constant = outer.known(value);
    if (constant) scope.bindConstant(body.inputs[i]!, outer.name(value), constant);
    else scope.bind(body.inputs[i]!, outer.name(value));
  }
  return scope;
}

/** Names for inputs of a body, which it is passed. */
export function passedIn(scope: Scope, values: readonly Value[]): ValueInfo[] {
  return values.map((value) => {
    const name = scope.shared.unique("step");
    scope.bind(value, name);
    return { name, type: typeOf(value), shape: value.shape };
  });
}

/** What a body gives, each under a name of its own. */
export function givenBack(scope: Scope, values: readonly Value[]): ValueInfo[] {
  return values.map((value) => ({
    name: scope.node("Identity", [scope.name(value)]),
    type: typeOf(value),
    shape: value.shape,
  }));
}

/** The graph of a body that was lowered into a scope. */
export function graphOf(scope: Scope, inputs: readonly ValueInfo[], outputs: readonly ValueInfo[]): Graph {
  return {
    name: scope.shared.unique("body"),
    inputs: [...inputs],
    outputs: [...outputs],
    initializers: new Map(),
    nodes: scope.nodes,
  };
}
