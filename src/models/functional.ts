import { ConfigError, ModelError } from "../errors.ts";
import type { Node } from "../graph/graph.ts";
import { isWithoutGraph, KerasTensor, nodeOf, type Operation, placeOf } from "../graph/graph.ts";
import { flatten, isDict, isListOfOne, type Nested, packLike } from "../graph/nested.ts";
import { orderGraph } from "../graph/order.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { Layer } from "../layers/layer.ts";
import { pairs } from "../pairs.ts";
import { calling, type NameScope } from "../program/calling.ts";
import { Value } from "../program/value.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
import { type HasParts, parts } from "../registry/parts.ts";
import { graphConfig } from "../registry/serialize.ts";
import { sameShape } from "../tensor/shape.ts";
import { cutGraph } from "./cut-graph.ts";
import { functionalConfig, isGraphConfig } from "./functional-config.ts";
import { functionalFromConfig } from "./functional-from-config.ts";
import { graphParts } from "./graph-parts.ts";
import { Model } from "./model.ts";
import type { FunctionalOptions, OutputsOf } from "./model-parts.ts";
import { runGraph } from "./run-graph.ts";
import { standardizeInputs } from "./standardize-inputs.ts";

export type { FunctionalOptions };

/**
 * A model made of a graph of layer calls. Source: Keras 3.6 `models/functional.py`.
 *
 * @example
 * const x = Input({ shape: [3] });
 * const model = new Functional({ inputs: x, outputs: new Dense({ units: 1 }).apply(x) });
 */
export class Functional<const Outputs extends Nested<KerasTensor> = Nested<KerasTensor>>
  extends Model<OutputsOf<Outputs>>
  implements HasParts
{
  static override get className(): string {
    return this === Functional ? "Functional" : this.name;
  }
  static override get module(): string | null {
    return this === Functional ? "keras.src.models.functional" : null;
  }
  static override get registeredName(): string | null {
    return this.className;
  }
  static override readonly isBuiltAtOnce = true;
  static override readonly bookkeeping: readonly string[] = [
    ...Model.bookkeeping,
    "inputStructure",
    "outputStructure",
  ];
  /** In `input_layers` and `output_layers`, a call of a nested Functional counts one more. */
  static readonly nodeOffset: number = 1;

  /** The inputs as they were given. */
  readonly inputStructure: Nested<KerasTensor>;
  readonly outputStructure: Nested<KerasTensor>;
  readonly #nodes: readonly Node[];
  readonly #inputs: readonly KerasTensor[];
  readonly #outputs: readonly KerasTensor[];
  readonly #operations: readonly Operation[];
  readonly #called: readonly Layer[];

  constructor(options: FunctionalOptions<Outputs>) {
    checkGraphOptions(new.target.className, options);
    const { inputs, outputs, trainable, name, ...rest } = options;
    super({ ...rest, name: name ?? undefined });
    checkTensors(placeOf(this), "inputs", inputs);
    checkTensors(placeOf(this), "outputs", outputs);
    const [from, to] = flatten(inputs).every((tensor) => tensor.node?.isInput)
      ? [inputs, outputs]
      : cutGraph(inputs, outputs);
    this.inputStructure = from;
    this.outputStructure = to;
    this.#inputs = flatten(from);
    this.#outputs = flatten(to);
    const { nodes, operations, disconnected } = orderGraph(this.#inputs, this.#outputs);
    this.#nodes = nodes;
    this.#operations = operations;
    this.#called = operations.filter((operation) => operation instanceof Layer);
    checkGraph(placeOf(this), operations, disconnected);
    this.autocast = false;
    if (trainable !== undefined) this.trainable = trainable;
  }

  override get inputs(): readonly KerasTensor[] {
    return this.#inputs;
  }

  override get outputs(): readonly KerasTensor[] {
    return this.#outputs;
  }

  override get input(): Nested<KerasTensor> {
    return this.inputStructure;
  }

  override get output(): Nested<KerasTensor> {
    return this.outputStructure;
  }

  /** All calls of the graph, in the order they run. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  override get operations(): readonly Operation[] {
    return this.#operations;
  }

  override get layers(): readonly Layer[] {
    return this.sublayers();
  }

  /** The names of the layers that make the outputs. */
  get outputNames(): string[] {
    return this.#outputs.map((tensor) => nodeOf(tensor).operation.name);
  }

  /** The layers of the graph, then those that are only properties. */
  override sublayers(): Layer[] {
    const attached = super.sublayers();
    return attached.length > 0 ? [...new Set([...this.#called, ...attached])] : [...this.#called];
  }

  override call(inputs: Nested<Value | null>, rest: { mask?: unknown }): unknown {
    const flat = standardizeInputs(this, this.inputStructure, inputs, rest.mask);
    if (this.#isAsBuilt(flat)) {
      return this.#packed(this.#outputs.map(({ value }) => new Value(value.shape, value.dtype)));
    }
    const values = new Map<KerasTensor, unknown>(this.#inputs.map((tensor, i) => [tensor, flat[i]]));
    runGraph(this.#nodes, values, (operation, args, kwargs) => operation.invoke(args, kwargs));
    return this.#packed(this.#outputs.map((tensor) => values.get(tensor)));
  }

  /** One output in a list comes out alone; only a call on KerasTensors gives the list, as in Keras. */
  #packed(outputs: readonly unknown[]): Nested<unknown> {
    const packed = packLike(this.outputStructure, outputs);
    return isListOfOne(packed) ? packed[0] : packed;
  }

  protected override stated(result: unknown): unknown {
    return isListOfOne(this.outputStructure) ? [result] : result;
  }

  /** Its layers and their calls. */
  [parts](): object {
    return graphParts(this);
  }

  /** A functional model's variables carry no name of it. */
  override nameScope(): NameScope | null {
    return calling().names;
  }

  override getBuildConfig(): JsonObject {
    return { input_shape: null };
  }

  override getConfig(): JsonObject {
    return this.withArguments(graphConfig(this, () => functionalConfig(this)));
  }

  /**
   * Makes the model from its config: its layers, then their calls. A subclass whose `getConfig` gives no graph gets
   * what that gives as its options.
   */
  static override fromConfig<T>(
    this: new (
      options: never,
    ) => T,
    config: object,
    options: DeserializeOptions = {},
  ): T {
    if ((this as unknown) !== Functional && isDict(config) && !isGraphConfig(config))
      return Model.fromConfig.call(this as never, config, options) as T;
    return functionalFromConfig(this as never, config as JsonObject, options) as T;
  }

  /** Abstract values of the very shapes it was built with give the shapes it was built to. */
  #isAsBuilt(flat: readonly unknown[]): boolean {
    return pairs(flat, this.#inputs).every(
      ([value, { shape }]) =>
        value instanceof Value && value.builder === null && sameShape(value.shape, shape),
    );
  }
}

/** Complains about what is no `{ inputs, outputs }`, such as Python's `Functional(inputs, outputs)`. */
function checkGraphOptions(className: string, options: unknown): void {
  if (isDict(options)) return;
  throw new ConfigError(
    className,
    `expected an object of options, received ${inspect(options)}. Write new ${className}({ inputs, outputs }).`,
  );
}

function checkTensors(path: string, which: "inputs" | "outputs", structure: Nested<KerasTensor>): void {
  const leaves = flatten(structure as Nested<unknown>);
  const bad = leaves.find((leaf) => !(leaf instanceof KerasTensor));
  if (structure === undefined) throw new ModelError(path, `expected ${which}, received nothing.`);
  if (bad !== undefined || leaves.includes(undefined)) {
    throw new ModelError(path, `expected all ${which} to be KerasTensors, received ${inspect(bad)}.`);
  }
  if (leaves.length === 0) {
    throw new ModelError(path, `expected at least one tensor in ${which}, received ${inspect(structure)}.`);
  }
  const rootless = (leaves as KerasTensor[]).find(isWithoutGraph);
  if (rootless) {
    throw new ModelError(path, `expected ${which} made by Input(…) or by layers, received ${rootless}.`);
  }
}

function checkGraph(
  path: string,
  operations: readonly Operation[],
  disconnected: readonly KerasTensor[],
): void {
  const counts = new Map<string, number>();
  for (const operation of operations) counts.set(operation.name, (counts.get(operation.name) ?? 0) + 1);
  const issues = [...counts]
    .filter(([, count]) => count > 1)
    .map(([used, count]) => ({
      path,
      message: `expected unique names of layers and operations, received ${JSON.stringify(used)} ${count} times.`,
    }));
  for (const output of disconnected) {
    issues.push({
      path,
      message: `expected outputs that depend on the inputs only, received ${output}, which does not.`,
    });
  }
  if (issues.length > 0) throw new ModelError(issues);
}
