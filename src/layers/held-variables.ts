import { ModelError } from "../errors.ts";
import { KeptState, type KeptTensor } from "../program/kept-state.ts";
import { Variable } from "../program/variable.ts";
import { isFloat } from "../tensor/dtype.ts";

/** What variables are made for: a layer, as far as they need it. */
interface Holder {
  readonly name: string;
  readonly trainable: boolean;
  readonly ownVariables: Variable[];
}

/** What is known of the variables beside what the file says. */
interface Known {
  readonly names?: readonly string[];
  readonly trained?: number;
}

/**
 * Gives a layer a variable for each tensor of its part of a file, in the order of the file, and gives the part as it is
 * to be written: with the variables' values where they were changed. Names are those of the first variables; of those
 * behind `trained`, and of such as hold no floats, it is known that training does not change them.
 */
export function holdVariables(
  state: KeptState,
  layer: Holder,
  known: Known = {},
  path = layer.name,
): KeptState {
  const children = new Map<string, KeptState | KeptTensor>();
  for (const [key, child] of [...state.children].sort(([a], [b]) => inOrder(a, b))) {
    if (child instanceof KeptState) {
      children.set(key, holdVariables(child, layer, known, key === own ? path : `${path}/${key}`));
      continue;
    }
    const place = layer.ownVariables.length;
    const { names = [], trained = Number.POSITIVE_INFINITY } = known;
    const isTrained = isFloat(child.dtype) && place < trained;
    const variable = variableOf(child, names[place] ?? key, path, { isTrained, trainable: layer.trainable });
    layer.ownVariables.push(variable);
    children.set(key, asIs(child, variable));
  }
  return new KeptState(children, state.attributes);
}

/** The group of a layer's own variables, which are numbered; those of the layers inside come behind it. */
const own = "vars";

/** The same order whatever that of the file is: own variables, numbers, then names. */
function inOrder(a: string, b: string): number {
  if (a === own || b === own) return a === own ? -1 : 1;
  const [one, two] = [a, b].map((name) => (/^\d+$/.test(name) ? Number(name) : Number.POSITIVE_INFINITY));
  if (one !== two) return one! < two! ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

function variableOf(
  tensor: KeptTensor,
  name: string,
  path: string,
  { isTrained, trainable }: { readonly isTrained: boolean; readonly trainable: boolean },
): Variable {
  const { dtype, shape, readSync: now, data } = tensor;
  const later = async () => data();
  const unread = () => {
    throw new ModelError(path, "expected a value in memory, received one that is still to be read.");
  };
  const variable = new Variable({
    name,
    shape,
    dtype,
    trainable: trainable && isTrained,
    initialize: unread,
  });
  variable.assignLazily({ now, later });
  variable.path = `${path}/${name}`;
  variable.isStatistic = !isTrained;
  return variable;
}

/** A tensor of the file as its variable has it now. */
function asIs(tensor: KeptTensor, variable: Variable): KeptTensor {
  const { readSync } = tensor;
  const now = readSync && (() => (variable.isMaterialized ? variable.value : readSync()));
  return { ...tensor, readSync: now, data: () => (variable.isMaterialized ? variable.value : tensor.data()) };
}
