import { behaviourOf } from "../../dialects/behaviour.ts";
import type { Named } from "../../dialects/change.ts";
import type { Dialect } from "../../dialects/version.ts";
import type { Operation } from "../../graph/graph.ts";
import { Layer } from "../layer.ts";

/** What layers of some versions of Keras do with masks, and those of others do not. */
type Habit = "handsGivenMaskOn" | "ignoresMasks" | "supportsMasking";

/** Whether a layer of a version of Keras does with masks what one of another version does not. */
export function differsIn(habit: Habit, operation: Operation, dialect: Dialect): boolean {
  if (!(operation instanceof Layer)) return false;
  const own = (operation as { readonly [H in Habit]?: boolean })[habit] ?? false;
  const { supportsMasking } = operation.constructor;
  const byDefault = habit === "supportsMasking" && supportsMasking;
  return own !== (behaviourOf(operation.constructor as unknown as Named, dialect)?.[habit] ?? byDefault);
}
