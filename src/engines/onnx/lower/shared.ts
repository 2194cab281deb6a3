import type { Variable } from "../../../program/variable.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { onnxTensor } from "../data-type.ts";

export interface VariableInput {
  readonly name: string;
  readonly variable: Variable;
}

/** What all scopes of one model share: names, initializers and variables. */
export class Shared {
  readonly initializers = new Map<string, Tensor>();
  /** Variables that the model takes as inputs. */
  readonly variableInputs: VariableInput[] = [];
  readonly #isInput: (variable: Variable) => boolean;
  readonly #variables = new Map<Variable, string>();
  readonly #interned = new Map<string, string>();
  readonly #taken: Set<string>;
  #count = 0;

  constructor(isInput: (variable: Variable) => boolean, taken: Iterable<string>) {
    this.#isInput = isInput;
    this.#taken = new Set(taken);
  }

  /** A name that nothing has yet. */
  unique(prefix: string): string {
    return this.claim(`${prefix}_${this.#count++}`);
  }

  /** `name`, or one like it that nothing has yet. */
  claim(name: string): string {
    let result = name;
    for (let i = 1; this.#taken.has(result); i++) result = `${name}_${i}`;
    this.#taken.add(result);
    return result;
  }

  initializer(prefix: string, tensor: Tensor): string {
    const name = this.unique(prefix);
    this.initializers.set(name, tensor);
    return name;
  }

  /** An initializer for a tensor that lowering made; small equal ones are kept once. */
  intern(tensor: Tensor): string {
    return this.#once(tensor.size > 64 ? null : keyOf(tensor), () => tensor);
  }

  /** An initializer with the axes of another one turned, made once. */
  transposed(name: string, perm: readonly number[], make: () => Tensor): string {
    return this.#once(`${name} transposed ${perm}`, make);
  }

  /** The name of a variable's value, and its elements if they are part of the model. */
  variable(variable: Variable): { readonly name: string; readonly tensor: Tensor | null } {
    const tensor = this.#isInput(variable) ? null : onnxTensor(variable.value);
    let name = this.#variables.get(variable);
    if (name === undefined) {
      name = this.claim(variable.path);
      this.#variables.set(variable, name);
      if (tensor) this.initializers.set(name, tensor);
      else this.variableInputs.push({ name, variable });
    }
    return { name, tensor };
  }

  #once(key: string | null, make: () => Tensor): string {
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
