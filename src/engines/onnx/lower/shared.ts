import { FreeNames } from "../../../free-names.ts";
import type { Variable } from "../../../program/variable.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { onnxTensor } from "../data-type.ts";
import type { Constant, LargeWeight } from "../large-weight.ts";

export interface VariableInput {
  readonly name: string;
  readonly variable: Variable;
}

/** What stands for the value of a variable whose elements are not looked at; null for any other. */
export type LargeWeights = (variable: Variable) => LargeWeight | null;

/** What all scopes of one model share: names, initializers and variables. */
export class Shared {
  readonly initializers = new Map<string, Constant>();
  /** Variables that the model takes as inputs. */
  readonly variableInputs: VariableInput[] = [];
  readonly #isInput: (variable: Variable) => boolean;
  readonly #large: LargeWeights;
  readonly #variables = new Map<Variable, string>();
  readonly #interned = new Map<string, string>();
  readonly #names: FreeNames;
  #count = 0;

  constructor(isInput: (variable: Variable) => boolean, large: LargeWeights, taken: Iterable<string>) {
    this.#isInput = isInput;
    this.#large = large;
    this.#names = new FreeNames(taken);
  }

  /** A name that nothing has yet. */
  unique(prefix: string): string {
    return this.claim(`${prefix}_${this.#count++}`);
  }

  /** `name`, or one like it that nothing has yet. */
  claim(name: string): string {
    return this.#names.take(name);
  }

  initializer(prefix: string, constant: Constant): string {
    const name = this.unique(prefix);
    this.initializers.set(name, constant);
    return name;
  }

  /** An initializer for what lowering made; small equal tensors are kept once. */
  intern(constant: Constant): string {
    const isSmall = constant instanceof Tensor && constant.size <= 64;
    return this.#once(isSmall ? keyOf(constant) : null, () => constant);
  }

  /** An initializer with the axes of another one turned, made once. */
  transposed(name: string, perm: readonly number[], make: () => Constant): string {
    return this.#once(`${name} transposed ${perm}`, make);
  }

  /** The name of a variable's value, and the value if it is part of the model. */
  variable(variable: Variable): { readonly name: string; readonly constant: Constant | null } {
    const constant = this.#isInput(variable) ? null : this.#constant(variable);
    let name = this.#variables.get(variable);
    if (name === undefined) {
      name = this.claim(variable.path);
      this.#variables.set(variable, name);
      if (constant) this.initializers.set(name, constant);
      else this.variableInputs.push({ name, variable });
    }
    return { name, constant };
  }

  #constant(variable: Variable): Constant {
    return this.#large(variable) ?? onnxTensor(variable.value);
  }

  #once(key: string | null, make: () => Constant): string {
    const known = key === null ? undefined : this.#interned.get(key);
    if (known !== undefined) return known;
    const name = this.initializer("constant", make());
    if (key !== null) this.#interned.set(key, name);
    return name;
  }
}

function keyOf({ dtype, shape, data }: Tensor): string {
  return `${dtype}(${shape}) ${Array.from(data as Iterable<number | bigint>, (x) => (Object.is(x, -0) ? "-0" : String(x)))}`;
}
