import { behaviourOf } from "../dialects/behaviour.ts";
import type { Named } from "../dialects/change.ts";
import type { Dialect } from "../dialects/version.ts";
import { optimizerOf } from "../models/compile-state.ts";
import type { Model } from "../models/model.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { KeptState } from "../program/kept-state.ts";
import type { Variable } from "../program/variable.ts";
import { copyObject } from "../registry/configurable.ts";

/**
 * What a model's optimizer has learned, in the order in which a version keeps it; as it is where that is the order, and where
 * the optimizer is not known, or has learned something for other weights. Source: Keras 3.6 and 3.15 `optimizers/nadam.py`,
 * `optimizers/base_optimizer.py`.
 */
export function stateIn(model: Model, dialect: Dialect): KeptState | null {
  const { optimizerState: kept } = model;
  // One around another has the variables of that once more.
  if (!kept || kept.children.size > 1) return kept;
  const optimizer = optimizerOf(model.compileState);
  const said = optimizer && behaviourOf(optimizer.constructor as unknown as Named, dialect);
  const listsByKind = said?.listsByKind === true;
  if (!optimizer || listsByKind === optimizer.listsByKind) return kept;
  const built = (listsByKind: boolean) => {
    const copy = Object.assign(copyObject(optimizer), { listsByKind });
    copy.build(model.weightsThen);
    return copy;
  };
  const here = keysOf(built(optimizer.listsByKind));
  if (here.length !== kept.variables.length) return kept;
  const order = keysOf(built(listsByKind)).map((key) => here.indexOf(key));
  if (order.every((from, i) => from === i) || order.includes(-1)) return kept;
  const { attributes } = kept.children.get("vars") as KeptState;
  const own = new Map(order.map((from, i) => [String(i), kept.variables[from]!]));
  return new KeptState(new Map([["vars", new KeptState(own, attributes)]]), kept.attributes);
}

/** What each of its variables is: a slot of a weight, or one of its own. */
function keysOf(optimizer: Optimizer): readonly string[] {
  const slots = new Map<Variable, string>();
  for (const [i, weight] of optimizer.trainedVariables.entries())
    for (const [slot, variable] of optimizer.slotsOf(weight)) slots.set(variable, `${slot} of ${i}`);
  let own = 0;
  return optimizer.variables.map((variable) => slots.get(variable) ?? `own ${own++}`);
}
