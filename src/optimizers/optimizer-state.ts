import { ModelError } from "../errors.ts";
import { autoName } from "../graph/naming.ts";
import { quote } from "../json/quote.ts";
import type { OperandLike } from "../ops/operands.ts";
import { Variable } from "../program/variable.ts";
import type { VariableOwner } from "../program/variable-owner.ts";
import { Configurable } from "../registry/configurable.ts";
import { full } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { change } from "./change.ts";

/** What an optimizer keeps: variables of its own, and slots of the variables that it trains. */
export abstract class OptimizerState extends Configurable implements VariableOwner {
  declare readonly name: string;
  /** Files have its variables. */
  readonly isSaved = true;
  readonly #own: Variable[] = [];
  readonly #slots = new Map<Variable, Map<string, Variable>>();

  constructor(options: object = {}) {
    super(options);
    if (this.name === null) Object.assign(this, { name: autoName(this.constructor.className) });
  }

  /** Its own variables, in the order they were made. */
  get ownVariables(): readonly Variable[] {
    return this.#own;
  }

  /** All that it keeps, in the order of files: how many steps were made, the learning rate, the slots. */
  get variables(): readonly Variable[] {
    return this.#own;
  }

  /** Makes a variable of its own, of one number all over. */
  protected addVariable(name: string, shape: StaticShape, dtype: DType, start = 0): Variable {
    const initialize = () => full(shape, start, dtype);
    const variable = new Variable({ name, shape, dtype, trainable: false, autocast: false, initialize });
    variable.path = `${this.name}/${name}`;
    this.#own.push(variable);
    return variable;
  }

  /** Keeps a variable of its own no longer. */
  protected dropVariable(variable: Variable): void {
    this.#own.splice(this.#own.indexOf(variable), 1);
  }

  /** What a slot begins with. Defaults to 0. */
  protected slotStart(_slot: string): number {
    return 0;
  }

  /** What the slot of a variable is called in its path. */
  protected slotName({ path }: Variable, slot: string): string {
    return `${path.replaceAll("/", "_")}_${slot}`;
  }

  /** Makes a slot of a variable, like it where nothing else is said. */
  protected addSlot(
    variable: Variable,
    slot: string,
    name = this.slotName(variable, slot),
    shape: StaticShape = variable.shape,
    dtype: DType = variable.dtype,
  ): void {
    const own = this.#slots.get(variable) ?? new Map<string, Variable>();
    this.#slots.set(variable, own.set(slot, this.addVariable(name, shape, dtype, this.slotStart(slot))));
  }

  /** Makes slots by their names: those of one group side by side for each variable, one group behind the other. */
  protected addSlots(variables: readonly Variable[], groups: readonly (readonly string[])[]): void {
    for (const group of groups)
      for (const variable of variables) for (const slot of group) this.addSlot(variable, slot);
  }

  /** The slot of a variable that has this name. */
  protected slot(variable: Variable, name: string): Variable {
    const found = this.#slots.get(variable)?.get(name);
    if (found) return found;
    throw this.problem(
      `expected a slot of ${quote(variable.path)} that slots() names, received ${quote(name)}.`,
    );
  }

  /**
   * What it keeps for a variable, by name.
   *
   * @internal
   */
  slotsOf(variable: Variable): ReadonlyMap<string, Variable> {
    return this.#slots.get(variable) ?? new Map();
  }

  protected hasSlot(variable: Variable, name: string): boolean {
    return this.#slots.get(variable)?.has(name) ?? false;
  }

  /** Gives a variable, or a slot of one, a new value: now, or whenever the Program runs that is traced. */
  protected assign(variable: Variable, value: OperandLike): void {
    change(variable, value);
  }

  /** What is wrong with it or its use: `throw this.problem("expected …, received ….")`. */
  problem(message: string): ModelError {
    return new ModelError(this.place, message);
  }

  protected get place(): string {
    return `optimizer ${quote(this.name)}`;
  }
}
