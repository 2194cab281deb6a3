import type { Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import type { Graph } from "../model.ts";
import { bodyScope, givenBack, graphOf, passedIn } from "./body.ts";
import type { Lowering } from "./lowering.ts";

const cond: Lowering<"cond"> = (scope, { inputs, outputs, attributes: { yes, no } }) => {
  const [pred, ...operands] = inputs as [Value, ...Value[]];
  const branch = (body: Program): Graph => {
    const inner = bodyScope(scope, body, operands);
    inner.lower(inner, body);
    return graphOf(inner, [], givenBack(inner, body.outputs));
  };
  return scope.split("If", [scope.name(pred)], outputs.length, {
    then_branch: branch(yes),
    else_branch: branch(no),
  });
};

/** The condition is asked before the loop and behind each step of it. */
const whileLoop: Lowering<"while"> = (scope, { inputs, outputs, attributes: { test, body, consts } }) => {
  const known = inputs.slice(0, consts);
  const states = inputs.slice(consts);
  const first = bodyScope(scope, test, inputs);
  first.lower(first, test);
  const begins = first.name(test.outputs[0]!);
  for (const node of first.nodes) scope.nodes.push(node);

  const inner = bodyScope(scope, body, known);
  const step = { name: scope.shared.unique("step"), type: "int64" as const, shape: [] };
  const goesOn = { name: scope.shared.unique("condition"), type: "bool" as const, shape: [] };
  const passed = passedIn(inner, body.inputs.slice(consts));
  inner.lower(inner, body);
  const asked = bodyScope(scope, test, known);
  for (const [i, value] of test.inputs.slice(consts).entries())
    asked.bind(value, inner.name(body.outputs[i]!));
  asked.lower(asked, test);
  for (const node of asked.nodes) inner.nodes.push(node);
  const again = {
    name: inner.node("Identity", [asked.name(test.outputs[0]!)]),
    type: "bool" as const,
    shape: [],
  };
  const graph = graphOf(inner, [step, goesOn, ...passed], [again, ...givenBack(inner, body.outputs)]);
  const initial = states.map((value) => scope.name(value));
  return scope.split("Loop", ["", begins, ...initial], outputs.length, { body: graph });
};

export const controlLowerings = { cond, while: whileLoop };
