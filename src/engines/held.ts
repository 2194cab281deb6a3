import { EngineError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { Program } from "../program/primitives.ts";
import type { Variable } from "../program/variable.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { HeldExecutable } from "./engine.ts";

/** What one run gives. */
export interface Stepped<V> {
  readonly outputs: Tensor[];
  /** What the variables that the program changes have become, in the order of its updates. */
  readonly state: readonly V[];
}

/** What an engine does for {@link Held}: it keeps the values of variables as values of its own. */
export interface Stepper<V> {
  step(inputs: readonly Tensor[], state: readonly V[]): Promise<Stepped<V>>;
  keep(tensor: Tensor): V;
  /** The value of the variable with this place in the program's updates. */
  toTensor(value: V, place: number): Tensor;
  dispose(): void | Promise<void>;
}

/** Keeps the state of a program from run to run, on any engine. */
export class Held<V> implements HeldExecutable {
  readonly #stepper: Stepper<V>;
  readonly #variables: readonly Variable[];
  /** The versions of the variables that the state is of. */
  #versions: number[];
  #state: readonly V[];
  #isChanged = false;
  #isClosed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ updates }: Program, stepper: Stepper<V>) {
    this.#stepper = stepper;
    this.#variables = [...updates.keys()];
    this.#versions = this.#variables.map(({ version }) => version);
    this.#state = this.#variables.map(({ value }) => stepper.keep(value));
  }

  run(inputs: readonly Tensor[]): Promise<Tensor[]> {
    return this.#next("run", async () => {
      this.#takeOver();
      const { outputs, state } = await this.#stepper.step(inputs, this.#state);
      this.#state = state;
      this.#isChanged = true;
      return outputs;
    });
  }

  read(variable: Variable): Promise<Tensor> {
    return this.#next("read", () => {
      this.#takeOver();
      const place = this.#variables.indexOf(variable);
      if (place >= 0) return this.#tensor(place);
      throw new EngineError(
        "read",
        `expected a variable that the program changes, received ${quote(variable.path)}.`,
      );
    });
  }

  writeBack(): Promise<void> {
    return this.#next("writeBack", () => {
      this.#takeOver();
      if (!this.#isChanged) return;
      for (const [place, variable] of this.#variables.entries()) variable.assign(this.#tensor(place));
      this.#versions = this.#variables.map(({ version }) => version);
      this.#isChanged = false;
    });
  }

  dispose(): Promise<void> {
    return this.#queue(() => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      return this.#stepper.dispose();
    });
  }

  /** What was assigned to variables outside since the last look; nothing where one of them cannot be read now. */
  #takeOver(): void {
    const versions = this.#variables.map(({ version }) => version);
    this.#state = this.#state.map((value, place) => {
      const variable = this.#variables[place];
      const isTaken = variable === undefined || versions[place] === this.#versions[place];
      return isTaken ? value : this.#stepper.keep(variable.value);
    });
    this.#versions = versions;
  }

  #tensor(place: number): Tensor {
    return this.#stepper.toTensor(this.#state[place] as V, place);
  }

  /** Does what is asked of an executable in use. */
  #next<T>(asked: string, task: () => T | Promise<T>): Promise<T> {
    return this.#queue(() => {
      if (this.#isClosed) throw new EngineError(asked, "the executable is disposed.");
      return task();
    });
  }

  /** Does what waits for all that was asked before. */
  #queue<T>(task: () => T | Promise<T>): Promise<T> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
