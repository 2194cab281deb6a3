import { computing } from "../context.ts";
import { computeDType } from "../dtype-policies/compute-dtype.ts";
import { ModelError } from "../errors.ts";
import type { Fields, OptionsOf } from "../fields/field.ts";
import { aString, nullable, optional } from "../fields/kinds.ts";
import { autoName } from "../graph/naming.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect, isIterable } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import type { TensorInput } from "../losses/function.ts";
import { add, divide } from "../ops/arithmetic.ts";
import { asDType } from "../ops/operands.ts";
import { calling, runCalling } from "../program/calling.ts";
import { assign, type Numeric } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import type { VariableOwner } from "../program/variable-owner.ts";
import { type ClassSettings, classOf, nameOf } from "../registry/class-of.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";
import { full } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";

/** The fields every metric has, in the order Keras writes them. */
export const metricFields = {
  /** A name, for logs and its variables. Defaults to one made of the class's name, such as `my_metric_1`. */
  name: optional(nullable(aString), null),
  /** The dtype it computes in, or a policy that has one. Defaults to "float32". */
  dtype: computeDType(),
} satisfies Fields;

/** What every metric takes. */
export interface MetricClassOptions extends OptionsOf<typeof metricFields> {}

/** How a metric is updated. */
export interface UpdateOptions {
  /** How much each sample counts: `(batch)`, or the shape of what is measured. Defaults to 1 for all. */
  readonly sample_weight?: TensorInput | null | undefined;
}

/** How the variables of several metrics become one. */
const AGGREGATIONS = ["sum", "mean", "only_first_replica"] as const;

/** What {@link Metric.addVariable} takes. */
export interface MetricVariableOptions {
  /** The last part of its path: `total`. */
  readonly name: string;
  /** Its shape, all sizes known. Defaults to [], one number. */
  readonly shape?: StaticShape;
  /** What it begins with; a reset makes it zeros. Defaults to zeros. */
  readonly initializer?: Initializer;
  /** Defaults to float32. */
  readonly dtype?: DType;
  /** What becomes of it in `merge`: its sum with that of others, the mean, or its own value. Defaults to "sum". */
  readonly aggregation?: (typeof AGGREGATIONS)[number];
}

const variableNames = { name: true, shape: true, initializer: true, dtype: true, aggregation: true } as const;

/**
 * The base of every metric: what is gathered over batches, in variables, and what it comes to. A subclass makes its
 * variables in the constructor with `addVariable`, and defines `update` and `result`, written with `ops`. Both work on
 * tensors, and inside a Program that is traced, whose updates they then are. Source: Keras 3.6 `metrics/metric.py`.
 *
 * @example
 * import { add, sum } from "ceratops/ops";
 *
 * class Total extends Metric {
 *   readonly total = this.addVariable({ name: "total" });
 *
 *   override update(values: Tensor) {
 *     this.increase(this.total, sum(values));
 *   }
 *
 *   override result() {
 *     return add(this.total, 0);
 *   }
 * }
 * const metric = new Total();
 * metric.updateState(tensor([1, 2]));
 * metric.updateState(tensor([3]));
 * const total = metric.result().toArray(); // 6
 */
export abstract class Metric extends Configurable implements VariableOwner {
  static override readonly fields: Fields = metricFields;

  declare readonly name: string;
  declare readonly dtype: DType;
  readonly ownVariables: Variable[] = [];
  readonly isSaved: boolean = true;
  /** The shape that variables were made for which wait for the first update; null as long as there are none. */
  protected builtFor: StaticShape | null = null;
  readonly #aggregations: NonNullable<MetricVariableOptions["aggregation"]>[] = [];

  constructor(options: object = {}) {
    super(options);
    if (this.name === null) Object.assign(this, { name: autoName(this.constructor.className) });
  }

  /** Gathers one batch: what `updateState` does. */
  abstract update(...args: never[]): void;

  /** What was gathered so far comes to. */
  abstract result(): Numeric;

  /** Gathers one batch. */
  updateState(...args: Parameters<this["update"]>): void {
    const update = this.update as (...args: unknown[]) => void;
    this.#inComputationOf(args, () => update.apply(this, args));
  }

  /** Gathers one batch, and gives what was gathered so far comes to: Keras's call. */
  apply(...args: Parameters<this["update"]>): Numeric {
    const update = this.update as (...args: unknown[]) => void;
    return this.#inComputationOf(args, () => {
      update.apply(this, args);
      return this.result();
    });
  }

  /** Forgets what was gathered. */
  resetState(): void {
    for (const variable of this.variables) {
      const zeros = full(variable.shape, 0, variable.dtype);
      assign(variable, calling().within?.builder?.constant(zeros) ?? zeros);
    }
  }

  /** Takes in what others of its class gathered, as if it had been gathered here: their counts are added. */
  merge(others: Iterable<this>): void {
    if (!isIterable(others))
      throw this.problem(`merge: expected a list of metrics, received ${inspect(others)}.`);
    const list = [...others];
    for (const other of list) {
      if (!(other instanceof Metric) || other.constructor !== this.constructor)
        throw this.problem(
          `merge: expected metrics of class ${this.constructor.className}, received ${inspect(other)}.`,
        );
      if (other.builtFor && !this.builtFor) this.buildFor(other.builtFor);
    }
    const gathered = list.filter((other) => other.variables.length === this.variables.length);
    for (const [i, variable] of this.variables.entries()) {
      const way = this.#aggregations[i] ?? "sum";
      if (way === "only_first_replica") continue;
      const values = gathered.map((other) => other.variables[i]!.value);
      const total = values.reduce<Numeric>((sum, value) => add(sum, variable.check(value)), variable.value);
      const whole = way === "sum" ? total : divide(total, values.length + 1);
      assign(variable, asDType(whole, variable.dtype));
    }
  }

  /** All variables: its own, then those of metrics that are properties of it. */
  get variables(): Variable[] {
    const inside = Object.values(this).filter((value): value is Metric => value instanceof Metric);
    return [...this.ownVariables, ...inside.flatMap(({ variables }) => variables)];
  }

  /** Adds a variable for what is gathered. */
  protected addVariable(options: MetricVariableOptions): Variable {
    checkOptions(() => `${this.place}: addVariable`, options, variableNames, ModelError);
    const { name, shape = [], initializer, dtype = "float32", aggregation = "sum" } = options;
    if (!AGGREGATIONS.includes(aggregation))
      throw this.problem(
        `addVariable: expected aggregation to be one of ${AGGREGATIONS.map((name) => quote(name)).join(", ")}, received ${inspect(aggregation)}.`,
      );
    const scope = calling().names;
    const variable = new Variable({
      name,
      shape,
      dtype,
      trainable: false,
      autocast: false,
      initializer: initializer ?? null,
      initialize: () => initializer?.begin(shape, dtype) ?? full(shape, 0, dtype),
    });
    const owner = this.name.replaceAll("/", ">");
    variable.path = `${scope ? `${scope.path}/` : ""}${owner}/${name}`;
    this.ownVariables.push(variable);
    this.#aggregations.push(aggregation);
    return variable;
  }

  /** Makes the variables that depend on a shape of what is measured. */
  protected buildFor(_shape: StaticShape): void {}

  /** Adds to a variable: at once, or as an update of the Program that is traced. */
  protected increase(variable: Variable, by: Numeric): void {
    assign(variable, asDType(add(variable, by), variable.dtype));
  }

  /** What is wrong with it or its call: `throw this.problem("expected …, received ….")`. */
  problem(message: string): ModelError {
    return new ModelError(this.place, message);
  }

  protected get place(): string {
    return `metric ${quote(this.name)}`;
  }

  /** Runs `body` as part of the computation that the first traced argument belongs to, if there is one. */
  #inComputationOf<T>(args: readonly unknown[], body: () => T): T {
    const traced = args.find((arg) => arg instanceof Value);
    return computing(
      () => this.place,
      () => (traced ? runCalling({ within: traced }, body) : body()),
    );
  }
}

/**
 * The base of a metric class with these fields beside `name` and `dtype`; the class defines `update` and `result`.
 *
 * @example
 * import { float } from "ceratops/fields";
 * import { multiply, sum } from "ceratops/ops";
 *
 * class Scaled extends defineMetric("Scaled", { factor: float(2) }, { package: "my_package" }) {
 *   readonly total = this.addVariable({ name: "total" });
 *
 *   override update(values: Tensor) {
 *     this.increase(this.total, sum(values));
 *   }
 *
 *   override result() {
 *     return multiply(this.factor, this.total);
 *   }
 * }
 */
export function defineMetric<const Name extends string, const F extends Fields>(
  className: Name,
  fields: F,
  settings?: ClassSettings,
): Constructor<typeof metricFields & F, Metric, Name>;
export function defineMetric(className: string, fields: Fields, settings: ClassSettings = {}): unknown {
  return classOf(Metric, { ...nameOf(className, settings), fields: { ...metricFields, ...fields } });
}

/** A metric class of Keras, on a base, with these fields and no others. */
export function kerasMetric<const Name extends string, const F extends Fields, Base extends Metric>(
  className: Name,
  base: abstract new (...args: never[]) => Base,
  fields: F,
): Constructor<F, Base, Name> {
  return classOf(base, { ...nameOf(className, { module: "keras.metrics" }), fields });
}
