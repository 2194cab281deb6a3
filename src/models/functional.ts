import { ConfigError, ModelError } from "../errors.ts";
import type { Node } from "../graph/graph.ts";
import { KerasTensor, nodeOf, type Operation, placeOf } from "../graph/graph.ts";
import { flatten, isDict, isListOfOne, type Nested } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { Layer } from "../layers/layer.ts";
import { calling, type NameScope } from "../program/calling.ts";
import type { Value } from "../program/value.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
import { type HasParts, parts } from "../registry/parts.ts";
import { graphConfig } from "../registry/serialize.ts";
import { CallGraph } from "./call-graph.ts";
import { cutGraph } from "./cut-graph.ts";
import { functionalConfig, isGraphConfig } from "./functional-config.ts";
import { functionalFromConfig } from "./functional-from-config.ts";
import { graphParts } from "./graph-parts.ts";
import { Model } from "./model.ts";
import type { FunctionalOptions, OutputsOf } from "./model-parts.ts";
import { type GraphClass, graphClass } from "./plain-class.ts";

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
  static readonly holdsGraph = true;
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
  readonly #graph: CallGraph;
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
    this.#graph = new CallGraph(this, from, to);
    this.#called = this.operations.filter((operation) => operation instanceof Layer);
    this.autocast = false;
    if (trainable !== undefined) this.trainable = trainable;
  }

  override get inputs(): readonly KerasTensor[] {
    return this.#graph.inputs;
  }

  override get outputs(): readonly KerasTensor[] {
    return this.#graph.outputs;
  }

  override get input(): Nested<KerasTensor> {
    return this.inputStructure;
  }

  override get output(): Nested<KerasTensor> {
    return this.outputStructure;
  }

  /** All calls of the graph, in the order they run. */
  get nodes(): readonly Node[] {
    return this.#graph.nodes;
  }

  override get operations(): readonly Operation[] {
    return this.#graph.operations;
  }

  override get layers(): readonly Layer[] {
    return this.sublayers();
  }

  /** The names of the layers that make the outputs. */
  get outputNames(): string[] {
    return this.outputs.map((tensor) => nodeOf(tensor).operation.name);
  }

  /** The layers of the graph, then those that are only properties. */
  override sublayers(): Layer[] {
    const attached = super.sublayers();
    return attached.length > 0 ? [...new Set([...this.#called, ...attached])] : [...this.#called];
  }

  override call(inputs: Nested<Value | null>, rest: { mask?: unknown }): unknown {
    return this.#graph.call(inputs, rest.mask);
  }

  protected override stated(result: unknown): unknown {
    return isListOfOne(this.outputStructure) ? [result] : result;
  }

  get [graphClass](): GraphClass {
    return Functional;
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
  const rootless = (leaves as KerasTensor[]).find(({ node }) => node === null);
  if (rootless) {
    throw new ModelError(path, `expected ${which} made by Input(…) or by layers, received ${rootless}.`);
  }
}
