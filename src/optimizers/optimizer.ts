import { ConfigError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { comparable } from "../json/comparable.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { equal, notEqual, where } from "../ops/comparison.ts";
import { mod } from "../ops/division.ts";
import { asDType, asResult, isOperand } from "../ops/operands.ts";
import { calling, runCalling } from "../program/calling.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { KeptState } from "../program/kept-state.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { serialize } from "../registry/serialize.ts";
import { Tensor } from "../tensor/tensor.ts";
import { changeIf } from "./change.ts";
import { clipped } from "./clip.ts";
import { KeptOptimizer } from "./kept-optimizer.ts";
import { OptimizerRate } from "./optimizer-rate.ts";
import { finder } from "./search.ts";

/** Gradients in the order of the variables; null where a variable has none: it stays as it is. */
export type Gradients = readonly (Numeric | null)[];

/** Which variables do not decay. */
export interface Undecayed {
  /** These. */
  readonly var_list?: readonly Variable[] | null | undefined;
  /** Those in whose own name, such as `bias`, one of these regular expressions is found. */
  readonly var_names?: readonly string[] | null | undefined;
}

/**
 * The base of every optimizer: what changes variables by the gradients of a loss. A subclass says in `slots` what it
 * keeps for each variable, and in `updateStep`, written with `ops`, how one changes; both run eagerly and inside a
 * traced Program. Source: Keras 3.6 `optimizers/base_optimizer.py`, `backend/jax/optimizer.py`.
 *
 * @example
 * import { multiply, subtract, type Numeric } from "ceratops/ops";
 *
 * class Halving extends defineOptimizer("Halving", {}, { package: "my_package" }) {
 *   override updateStep(gradient: Numeric, variable: Variable, learningRate: Numeric) {
 *     this.assign(variable, subtract(variable, multiply(multiply(gradient, learningRate), 0.5)));
 *   }
 * }
 */
export abstract class Optimizer extends OptimizerRate {
  static override readonly className: string = "Optimizer";
  static override readonly module: string | null = "keras";
  static override readonly registeredName: string | null = null;

  declare readonly weight_decay: number | null;
  declare readonly clipnorm: number | null;
  declare readonly global_clipnorm: number | null;
  declare readonly clipvalue: number | null;
  declare readonly use_ema: boolean;
  declare readonly ema_momentum: number;
  declare readonly ema_overwrite_frequency: number | null;
  declare loss_scale_factor: number | null;

  /** Whether slots stand in the list kind by kind and not variable by variable, and are all named for variables. */
  readonly listsByKind: boolean = false;
  #isUndecayed: (variable: Variable) => boolean = () => false;
  #trained: readonly Variable[] | null = null;

  constructor(options: object = {}) {
    super(options);
    const bounds = (["clipnorm", "global_clipnorm", "clipvalue"] as const).filter((key) => this[key] != null);
    if (bounds.length < 2) return;
    throw new ConfigError(
      this.constructor.className,
      `expected at most one of clipnorm, global_clipnorm and clipvalue, received ${bounds.join(" and ")}.`,
    );
  }

  /**
   * Changes one variable, for its gradient and the learning rate, a scalar; both may be of other dtypes than the
   * variable. `this.slot(variable, name)` is what is kept for it, `this.assign(variable, value)` changes either.
   */
  abstract updateStep(gradient: Numeric, variable: Variable, learningRate: Numeric): void;

  /** The names of what is kept for each variable, in groups; see {@link addSlots}. Defaults to none. */
  protected slots(): readonly (readonly string[])[] {
    return [];
  }

  /** The variables it was built for; none before. */
  get trainedVariables(): readonly Variable[] {
    return this.#trained ?? [];
  }

  get built(): boolean {
    return this.#trained !== null;
  }

  /** Makes what it keeps for these variables; the first `apply` does it where nobody did. Once built, it stays so. */
  build(variables: readonly Variable[]): void {
    if (this.built) return;
    this.#checkList(variables, "variables");
    const strange = variables.findIndex((variable) => !(variable instanceof Variable));
    if (strange >= 0) throw this.problem(`expected variables, received ${inspect(variables[strange])}.`);
    this.#trained = [...variables];
    const common = [
      ...(this.use_ema ? ["average"] : []),
      ...(this.gradient_accumulation_steps ? ["gradient_accumulator"] : []),
    ];
    this.addSlots(variables, this.listsByKind ? common.map((slot) => [slot]) : [common]);
    this.buildSlots(variables);
  }

  /** Makes what the class keeps for each variable. */
  protected buildSlots(variables: readonly Variable[]): void {
    this.addSlots(variables, this.slots());
  }

  /**
   * Builds it for variables and gives it what a file kept of one; null where there are none.
   *
   * @internal
   */
  takeOver(variables: readonly Variable[], kept: KeptState): KeptOptimizer | null {
    this.#checkList(variables, "variables");
    return KeptOptimizer.of(this, variables, kept);
  }

  /**
   * What a `compile_config` says of it that had `said`: its name, where that said no more and nothing is otherwise now.
   *
   * @internal
   */
  writtenAs(said: JsonValue | undefined): JsonValue {
    if (typeof said !== "string") return serialize(this);
    // A name that is counted is another for each.
    const isCounted = this.constructor.fields.name?.default === null;
    const fresh = this.constructor.fromConfig(isCounted ? { name: this.name } : {});
    return comparable(fresh.getConfig()) === comparable(this.getConfig()) ? said : serialize(this);
  }

  /** Changes variables by their gradients. */
  applyGradients(pairs: readonly (readonly [gradient: Numeric | null, variable: Variable])[]): void {
    this.#checkList(pairs, "pairs of a gradient and a variable");
    const strange = pairs.findIndex((pair) => !Array.isArray(pair));
    if (strange >= 0)
      throw this.problem(`expected pairs of a gradient and a variable, received ${inspect(pairs[strange])}.`);
    const gradients = pairs.map(([gradient]) => gradient);
    this.apply(
      gradients,
      pairs.map(([, variable]) => variable),
    );
  }

  /**
   * Changes the variables that it was built for, or these, by their gradients; the first time it is built for these.
   * Inside a traced Program the changes are its updates.
   */
  apply(gradients: Gradients, variables: readonly Variable[] | null = null): void {
    this.#checkList(gradients, "gradients");
    if (gradients.length === 0) return;
    if (variables !== null) this.build(variables);
    else if (!this.built)
      throw this.problem("expected variables, or a call of build() before, received none.");
    const trained = variables ?? this.trainedVariables;
    this.#check(gradients, trained);
    const traced = gradients.find((gradient) => gradient instanceof Value) ?? null;
    const within = calling().within ?? traced;
    runCalling(
      { within, computeDtype: null },
      () => this.applyTo(gradients, trained),
      () => this.place,
    );
  }

  /** Changes variables that it is built for. */
  protected applyTo(gradients: Gradients, variables: readonly Variable[]): void {
    const given = gradients.flatMap((gradient) => gradient ?? []);
    const changed = variables.filter((_, i) => gradients[i] !== null);
    if (given.length === 0)
      throw this.problem("expected a gradient for at least one variable, received none.");
    const scale = this.loss_scale_factor;
    const scaled = scale === null ? given : given.map((gradient) => divide(gradient, scale));
    if (this.gradient_accumulation_steps) this.#accumulate(scaled, changed, this.gradient_accumulation_steps);
    else this.#update(scaled, changed);
    if (this.use_ema) this.#average();
    this.assign(this.step, add(this.step, 1));
    for (const variable of changed)
      if (variable.constraint) this.assign(variable, variable.constraint.call(variable) as Numeric);
  }

  /** Changes the variables at each step that completes a row; at all others gradients are only added up. */
  #accumulate(gradients: readonly Numeric[], variables: readonly Variable[], steps: number): void {
    const isLast = equal(mod(add(this.step, 1), steps), 0);
    const slots = variables.map((variable) => this.slot(variable, "gradient_accumulator"));
    const sums = gradients.map((gradient, i) => add(gradient, slots[i]!));
    const means = sums.map((total) => divide(total, steps));
    changeIf(isLast, [...variables, ...this.variables], () => this.#update(means, variables));
    for (const [i, total] of sums.entries())
      this.assign(slots[i]!, where(isLast, asDType(0, total.dtype), total));
  }

  #update(gradients: readonly Numeric[], variables: readonly Variable[]): void {
    const bounded = clipped(gradients, this);
    this.#decay(variables.filter((variable) => !this.#isUndecayed(variable)));
    this.updateAll(bounded, variables);
  }

  /** Changes all variables. */
  protected updateAll(gradients: readonly Numeric[], variables: readonly Variable[]): void {
    const rate = this.rate();
    for (const [i, variable] of variables.entries()) this.updateStep(gradients[i]!, variable, rate);
  }

  /** How much of itself, times the learning rate, a variable loses in each step; null: nothing. */
  protected decayOf(_variable: Variable): number | null {
    return this.weight_decay;
  }

  #decay(variables: readonly Variable[]): void {
    let rate: Numeric | null = null;
    for (const variable of variables) {
      const decay = this.decayOf(variable);
      if (decay === null) continue;
      rate ??= this.rate();
      const { dtype } = variable;
      const lost = multiply(multiply(variable, asDType(decay, dtype)), asDType(rate, dtype));
      this.assign(variable, subtract(variable, lost));
    }
  }

  /** Moves the averages, and puts them in the variables' place where it is time. */
  #average(): void {
    const done = this.iteration();
    const { ema_overwrite_frequency: frequency } = this;
    const isTime = frequency === null ? null : equal(mod(add(done, 1), frequency), 0);
    for (const variable of this.trainedVariables) {
      const average = this.slot(variable, "average");
      const kept = multiply(asDType(notEqual(done, 0), variable.dtype), this.ema_momentum);
      this.assign(average, add(multiply(kept, average), multiply(subtract(1, kept), variable)));
      if (isTime) this.assign(variable, where(isTime, average, variable));
    }
  }

  /** What has to be done when training is over: where averages are kept, the variables become them. */
  finalizeVariableValues(variables: readonly Variable[] = this.trainedVariables): void {
    this.#checkList(variables, "variables");
    this.#checkKnown(variables);
    if (this.use_ema)
      for (const variable of variables) this.assign(variable, asResult(this.slot(variable, "average")));
  }

  /** A loss as its gradients are to be taken of: times the factor that they are divided by. */
  scaleLoss(loss: Operand): Numeric {
    if (!isOperand(loss)) throw this.problem(`expected a tensor, received ${inspect(loss)}.`);
    return this.loss_scale_factor === null ? asResult(loss) : multiply(loss, this.loss_scale_factor);
  }

  /** Says which variables do not decay. What was said before holds no more. */
  excludeFromWeightDecay(options: Undecayed): void {
    checkOptions(`${this.place}: excludeFromWeightDecay`, options, { var_list: true, var_names: true });
    for (const key of ["var_list", "var_names"] as const)
      if (options[key] != null) this.#checkList(options[key], key === "var_list" ? "variables" : "names");
    const list = new Set(options.var_list);
    const isNamed = finder(`${this.place}: excludeFromWeightDecay.var_names`, options.var_names ?? []);
    this.#isUndecayed = (variable) => list.has(variable) || isNamed(variable.name);
  }

  #check(gradients: Gradients, variables: readonly Variable[]): void {
    if (gradients.length !== variables.length) {
      throw this.problem(
        `expected ${variables.length} gradients, one for each variable, received ${gradients.length}.`,
      );
    }
    const isTensor = (gradient: unknown) => gradient instanceof Tensor || gradient instanceof Value;
    const wrong = gradients.findIndex((gradient) => gradient !== null && !isTensor(gradient));
    if (wrong >= 0)
      throw this.problem(`expected tensors or null as gradients, received ${inspect(gradients[wrong])}.`);
    this.#checkKnown(variables);
  }

  #checkList(list: unknown, what: string): void {
    if (!Array.isArray(list)) throw this.problem(`expected a list of ${what}, received ${inspect(list)}.`);
  }

  #checkKnown(variables: readonly Variable[]): void {
    const known = new Set(this.trainedVariables);
    const place = variables.findIndex((variable) => !known.has(variable));
    const strange = variables[place];
    if (place < 0) return;
    if (!(strange instanceof Variable))
      throw this.problem(`expected variables, received ${inspect(strange)}.`);
    throw this.problem(
      `expected variables that it was built for, received ${quote(strange.path)}. Make a new optimizer for others.`,
    );
  }
}
