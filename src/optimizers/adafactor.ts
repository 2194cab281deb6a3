import type { OptionsOf } from "../fields/field.ts";
import { bool, float } from "../fields/shorthands.ts";
import { add, divide, maximum, minimum, multiply, power, subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import { mean } from "../ops/reduction.ts";
import { expandDims } from "../ops/reshaping.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { common, named, rate } from "./fields.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "adafactor". */
  name: named("adafactor"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  /** The power of the steps that the mean of squares forgets by. Defaults to -0.8. */
  beta_2_decay: float(-0.8),
  /** What is added to squares. Defaults to 1e-30. */
  epsilon_1: float(1e-30),
  /** The least size of a variable that steps are in proportion to. Defaults to 0.001. */
  epsilon_2: float(0.001),
  /** The largest size of a change before it is multiplied by the learning rate. Defaults to 1. */
  clip_threshold: float(1),
  /** Nothing depends on it: the learning rate is at most one over the root of the steps in any case. Defaults to true. */
  relative_step: bool(true),
};

/** What {@link Adafactor} takes. */
export interface AdafactorOptions extends OptionsOf<typeof fields> {}

/**
 * Adam without momentum, of which matrices keep rows and columns of their squares alone: for models that fill the
 * memory. Source: Keras 3.6 `optimizers/adafactor.py`.
 *
 * @example
 * const optimizer = new Adafactor({ learning_rate: 0.01 });
 */
export class Adafactor extends kerasOptimizer("Adafactor", fields)<AdafactorOptions> {
  protected override buildSlots(variables: readonly Variable[]): void {
    for (const variable of variables) {
      const { shape, name } = variable;
      if (shape.length < 2) {
        this.#addUnused(variable);
      } else {
        this.addSlot(variable, "r", name, shape.slice(0, -1));
        this.addSlot(variable, "c", name, [...shape.slice(0, -2), shape.at(-1)!]);
      }
      this.addSlot(variable, "velocity");
    }
  }

  /** What Keras keeps in the place of rows and columns of what has none. */
  #addUnused(variable: Variable): void {
    for (const slot of ["r", "c"]) {
      this.addSlot(variable, slot, variable.name, [], this.listsByKind ? "int32" : "float32");
      if (this.listsByKind) this.slot(variable, slot).path = variable.name;
    }
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const step = asDType(add(this.iteration(), 1), dtype);
    const rate = minimum(asDType(learningRate, dtype), divide(1, sqrt(step)));
    const size = maximum(asDType(this.epsilon_2, dtype), sizeOf(variable));
    const kept = subtract(1, power(step, this.beta_2_decay));
    const velocity = this.slot(variable, "velocity");
    this.assign(velocity, this.#velocity(variable, velocity, add(square(gradient), this.epsilon_1), kept));
    const change = divide(gradient, sqrt(velocity));
    const excess = maximum(asDType(1, dtype), divide(sizeOf(change), this.clip_threshold));
    this.assign(variable, subtract(variable, multiply(multiply(size, rate), divide(change, excess))));
  }

  /** The mean of squares, for matrices made of the means of their rows and columns. */
  #velocity(variable: Variable, velocity: Variable, squares: Numeric, kept: Numeric): Numeric {
    const moved = (average: Variable, now: Numeric) =>
      add(multiply(kept, average), multiply(subtract(1, kept), now));
    if (variable.shape.length < 2) return moved(velocity, squares);
    const [rows, columns] = [this.slot(variable, "r"), this.slot(variable, "c")];
    this.assign(rows, moved(rows, mean(squares, { axis: -1 })));
    this.assign(columns, moved(columns, mean(squares, { axis: -2 })));
    const shares = divide(rows, mean(rows, { axis: -1, keepdims: true }));
    return multiply(expandDims(shares, { axis: -1 }), expandDims(columns, { axis: -2 }));
  }
}

/** The root of the mean of squares. */
function sizeOf(x: Operand): Numeric {
  return sqrt(mean(square(x)));
}
