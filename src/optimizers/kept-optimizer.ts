import type { CeratopsError } from "../errors.ts";
import { KeptState, type KeptTensor } from "../program/kept-state.ts";
import type { Variable } from "../program/variable.ts";
import { castTensor } from "../tensor/create.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { OptimizerState } from "./optimizer-state.ts";

/** An optimizer that can be built. */
interface Buildable extends OptimizerState {
  readonly built: boolean;
  build(variables: readonly Variable[]): void;
  problem(message: string): CeratopsError;
}

/** An optimizer that has what a file kept of one. */
export class KeptOptimizer {
  readonly optimizer: OptimizerState;
  readonly #kept: KeptState;
  readonly #versions: readonly number[];

  private constructor(optimizer: OptimizerState, kept: KeptState) {
    this.optimizer = optimizer;
    this.#kept = kept;
    this.#versions = optimizer.variables.map(({ version }) => version);
  }

  /**
   * Builds an optimizer for variables and gives it what a file kept; what is of one that was not built stays kept alone. Null
   * where there are no variables.
   */
  static of(optimizer: Buildable, trained: readonly Variable[], kept: KeptState): KeptOptimizer | null {
    if (trained.length === 0) return null;
    const unbuilt = optimizer.built ? null : optimizer.variables.length;
    optimizer.build(trained);
    const { variables } = optimizer;
    if (kept.variables.length === unbuilt && variables.length !== unbuilt)
      return new KeptOptimizer(optimizer, kept);
    checkFit(optimizer, trained.length, kept);
    for (const [i, variable] of variables.entries()) connect(variable, kept.variables[i]!);
    return new KeptOptimizer(optimizer, kept);
  }

  /** What a file is to have of it: what it had as long as nothing changed, else what it keeps now. */
  get state(): KeptState {
    const { variables } = this.optimizer;
    const isSame = variables.every(({ version }, i) => version === this.#versions[i]);
    return isSame && variables.length === this.#versions.length
      ? this.#kept
      : stateOf(this.optimizer, this.#kept);
  }
}

function checkFit(optimizer: Buildable, trained: number, { variables: kept }: KeptState): void {
  const { variables } = optimizer;
  const help = "Set the model's optimizerState to null to begin anew.";
  if (kept.length !== variables.length)
    throw optimizer.problem(
      `expected ${variables.length} kept variables, for ${trained} trained weights, received ${kept.length}. ${help}`,
    );
  const at = variables.findIndex(({ shape }, i) => !sameShape(kept[i]?.shape ?? [], shape));
  if (at < 0) return;
  const [expected, received] = [variables[at]?.shape ?? [], kept[at]?.shape ?? []].map(formatShape);
  throw optimizer.problem(
    `expected kept variable ${at} of shape ${expected}, received one of ${received}. ${help}`,
  );
}

/** Keras on TensorFlow counts in int64. */
function connect(variable: Variable, kept: KeptTensor): void {
  if (kept.dtype === "int64") variable.widen();
  const { readSync } = kept;
  const { dtype } = variable;
  variable.assignLazily({
    now: readSync && (() => castTensor(readSync(), dtype)),
    later: async () => castTensor(await kept.data(), dtype),
  });
}

/** What an optimizer keeps, in the groups of a file: an optimizer inside has its variables once more in its own. */
function stateOf(optimizer: OptimizerState, kept: KeptState): KeptState {
  const children = new Map(kept.children);
  const before = kept.children.get("vars");
  const attributes = before instanceof KeptState ? before.attributes : new Map();
  const tensors = optimizer.variables.map((variable, i) => [String(i), keptTensor(variable)] as const);
  children.set("vars", new KeptState(new Map(tensors), attributes));
  for (const [key, child] of kept.children) {
    const inner = (optimizer as unknown as Readonly<Record<string, unknown>>)[key];
    if (child instanceof KeptState && inner instanceof OptimizerState)
      children.set(key, stateOf(inner, child));
  }
  return new KeptState(children, kept.attributes);
}

function keptTensor(variable: Variable): KeptTensor {
  const { dtype, shape } = variable;
  const readSync = variable.isRemote ? undefined : () => variable.value;
  return { dtype, shape, attributes: new Map(), data: () => variable.load(), readSync };
}
