import { ConfigError } from "../errors.ts";
import { Problems } from "../fields/problems.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { floorDivide } from "../ops/division.ts";
import { asResult } from "../ops/operands.ts";
import { runOutside } from "../program/calling.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { scalar, toNumbers } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { aLearningRate, type LearningRate, type LearningRateLike, rateAt } from "./learning-rate.ts";
import { OptimizerState } from "./optimizer-state.ts";

/** What counts its steps and has a learning rate: a variable, or a schedule or function of the steps. */
export abstract class OptimizerRate extends OptimizerState {
  /** The learning rate as the config says it; see {@link learning_rate}. */
  declare givenRate?: LearningRate;
  declare readonly gradient_accumulation_steps: number | null;
  /** How many gradients were applied. */
  protected readonly step: Variable;
  #rate: Variable | null = null;
  /** The version of it that `givenRate` says. */
  #saidVersion = 0;

  constructor(options: object = {}) {
    super(options);
    this.step = this.addVariable("iteration", [], "int32");
    // What hands its work on to other optimizers has none of its own; Keras keeps a 0 for it.
    const { givenRate = 0 } = this;
    if (typeof givenRate === "number")
      this.#rate = this.addVariable("learning_rate", [], "float32", givenRate);
  }

  /** How many times the variables were changed. */
  get iterations(): number {
    return runOutside(null, () => numberOf(this.iteration()));
  }

  /** How many times the variables were changed, as an integer scalar. */
  protected iteration(): Numeric {
    const { gradient_accumulation_steps: steps } = this;
    return steps ? floorDivide(this.step, steps) : asResult(this.step);
  }

  /**
   * The learning rate of the next step, a number. It can be set to another number or a schedule; where it was made with
   * a schedule, to a schedule only.
   */
  get learning_rate(): number {
    return runOutside(null, () => numberOf(this.rate()));
  }

  set learning_rate(rate: LearningRateLike) {
    const problems = new Problems(`${this.place}.learning_rate`);
    const given = aLearningRate.parse(rate, problems);
    if (problems.issues.length > 0) throw new ConfigError(problems.issues);
    if (typeof given !== "number") {
      if (this.#rate) this.dropVariable(this.#rate);
      this.#rate = null;
    } else if (this.#rate) {
      this.#rate.assign(scalar(given, "float32"));
      this.#saidVersion = this.#rate.version;
    } else {
      throw this.problem(`expected a schedule, because it was made with one, received ${inspect(rate)}.`);
    }
    this.givenRate = given;
  }

  /** The learning rate of the next step, as a scalar. */
  protected rate(): Numeric {
    if (this.#rate) return asResult(this.#rate);
    const { givenRate = 0 } = this;
    if (typeof givenRate === "number") return scalar(givenRate, "float32");
    return rateAt(givenRate, this.step, this.place);
  }

  override getConfig(): JsonObject {
    const rate = this.#rate;
    if (rate && rate.version !== this.#saidVersion && !rate.isRemote) {
      this.#saidVersion = rate.version;
      const now = numberOf(rate.value);
      if (now !== this.givenRate) this.givenRate = now;
    }
    return super.getConfig();
  }
}

function numberOf(value: Numeric): number {
  return Number(toNumbers(value as Tensor)[0]);
}
