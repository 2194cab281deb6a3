import { isDict, without } from "../dialects/change.ts";
import { noteOriginal, originalOf } from "../dialects/notes.ts";
import { ConfigError, type Issue } from "../errors.ts";
import { type ConfigurableClass, rememberConfig } from "../fields/configurable.ts";
import { setGraphText } from "../fields/origin.ts";
import { currentReading, readingPart } from "../fields/reading.ts";
import { writeFields } from "../fields/write-fields.ts";
import { KerasTensor, type Operation, placeOf } from "../graph/graph.ts";
import type { Nested } from "../graph/nested.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonArray, JsonObject } from "../json/json.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { buildFrom, type Shapes } from "../layers/building.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import { Layer } from "../layers/layer.ts";
import { runCalling } from "../program/calling.ts";
import type { Spec } from "../program/value.ts";
import { type DeserializeOptions, gathering, inMember, reading } from "../registry/deserialize.ts";
import { gathered } from "../registry/gathered.ts";
import { meet } from "../registry/known.ts";
import { type HasParts, parts } from "../registry/parts.ts";
import { graphConfig, inOneDialect, serializeObject } from "../registry/serialize.ts";
import { formatShape, isShape, type Shape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { CallGraph } from "./call-graph.ts";
import { Model } from "./model.ts";
import { type StackClass, stackClass } from "./plain-class.ts";

/** What the config has beside that of any layer. */
const GRAPH_KEYS = ["layers", "build_input_shape"];

export interface SequentialOptions {
  /** A name without `/`. Defaults to one such as `sequential_1`. */
  readonly name?: string | null | undefined;
  /** Whether training changes the weights; where given, it is set on all layers. Defaults to true. */
  readonly trainable?: boolean | null | undefined;
}

/** Complains about what is no list of layers: `new Sequential({ layers })`, `new Sequential(a, b)`. */
function checkStack(className: string, layers: unknown, options: SequentialOptions): void {
  if (layers !== null && !Array.isArray(layers)) {
    const received = inspect(layers);
    throw new ConfigError(
      className,
      `expected a list of layers, received ${received}. Write new ${className}([…]).`,
    );
  }
  checkOptions(className, options, { name: true, trainable: true });
}

/** The calls of a stack, as far as it is built. */
interface Chain {
  readonly input: KerasTensor;
  /** The output of the last layer that is called. */
  readonly output: KerasTensor;
  /** How many layers of the stack are called. */
  readonly length: number;
  readonly shape: Shape;
  /** The calls as a graph, once it was asked for. */
  graph: CallGraph | null;
}

/**
 * A stack of layers, each with one input and one output. Begin it with `Input(…)` to build it at once; without, it
 * is built when first called. Source: Keras 3.6 `models/sequential.py`.
 *
 * @example
 * const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 1 })]);
 */
export class Sequential extends Model<Tensor> implements HasParts {
  static override get className(): string {
    return this === Sequential ? "Sequential" : this.name;
  }
  static override get module(): string | null {
    return this === Sequential ? "keras" : null;
  }
  static readonly holdsGraph = true;

  readonly #stack: Layer[] = [];
  readonly #byName = new Map<string, Layer>();
  /** The InputLayer that nobody gave. */
  #builtInput: InputLayer | null = null;
  #chain: Chain | null = null;

  constructor(layers: readonly (Layer | KerasTensor)[] | null = [], options: SequentialOptions = {}) {
    checkStack(new.target.className, layers, options);
    super({ name: options.name ?? undefined, trainable: options.trainable ?? true });
    for (const layer of layers ?? []) this.#push(layer);
    this.#connect();
  }

  /** Adds a layer on top. */
  add(layer: Layer | KerasTensor): void {
    this.#push(layer);
    this.#connect();
  }

  /** Removes the last layer and gives it back. */
  pop(): Layer {
    const layer = this.#stack.pop();
    if (!layer) throw this.problem("expected a layer to remove, received an empty model.");
    if (!this.#stack.includes(layer)) this.#byName.delete(layer.name);
    this.#reset();
    this.#connect();
    return layer;
  }

  /** The layers, without the leading InputLayer. */
  override get layers(): readonly Layer[] {
    return this.#stack[0] instanceof InputLayer ? this.#stack.slice(1) : [...this.#stack];
  }

  /** The layers, with the leading InputLayer. */
  get stack(): readonly Layer[] {
    return this.#stack;
  }

  override sublayers(): Layer[] {
    return [...this.layers];
  }

  override get operations(): readonly Operation[] {
    return this.#graph()?.operations ?? this.layers;
  }

  override get inputs(): readonly KerasTensor[] {
    return this.#graph()?.inputs ?? super.inputs;
  }

  override get outputs(): readonly KerasTensor[] {
    return this.#graph()?.outputs ?? super.outputs;
  }

  override get input(): Nested<KerasTensor> {
    return this.#chain?.input ?? (this.inboundNodes.length > 0 ? super.input : this.inputs);
  }

  override get output(): Nested<KerasTensor> {
    return this.#chain?.output ?? super.output;
  }

  /** Builds the stack for an input shape, the batch first. */
  override build(shape: Shape): void {
    if (typeof shape !== "object" || shape === null)
      throw this.problem(`expected a shape such as [null, 3], received ${inspect(shape)}.`);
    if (!Array.isArray(shape) || !shape.every((n) => n === null || typeof n === "number")) return;
    const [first] = this.#stack;
    if (!first) throw this.problem("expected layers to build, received none. Call add(layer).");
    if (first instanceof InputLayer) {
      if (!sameShape(first.batch_shape, shape)) {
        throw this.problem(
          `expected input shape ${formatShape(first.batch_shape)}, received ${formatShape(shape)}.`,
        );
      }
    } else {
      this.#builtInput = new InputLayer({ batch_shape: shape, dtype: first.computeDtype });
      this.#stack.unshift(this.#builtInput);
    }
    this.#connect();
  }

  protected override buildChecked(shapes: Shapes): void {
    runCalling({ names: this.nameScope() }, () => buildFrom(this, shapes));
  }

  override call(inputs: never, rest: { mask?: unknown }): unknown {
    const graph = this.#graph();
    if (graph) return graph.call(inputs, rest.mask);
    let current: unknown = inputs;
    for (const layer of this.layers) current = layer.apply(current as KerasTensor);
    return current;
  }

  override getBuildConfig(): JsonObject | undefined {
    return this.#chain ? { input_shape: [...this.#chain.shape] } : undefined;
  }

  override getConfig(): JsonObject {
    return inOneDialect(this, () => {
      const config = without(this.arrange(writeFields(this, this.constructor)), GRAPH_KEYS);
      config.layers = gathered(this.#stack, (layer) => serializeObject(layer), placeOf);
      if (this.#chain) config.build_input_shape = [...this.#chain.shape];
      return this.withArguments(graphConfig(this, () => config));
    });
  }

  get [stackClass](): StackClass {
    return Sequential;
  }

  /** Its layers, and the input where it was given one. */
  [parts](): object {
    const [first] = this.#stack;
    const input = first instanceof InputLayer && first !== this.#builtInput ? first : null;
    return { input, layers: this.layers };
  }

  /** Takes over from its config what is written back and changes nothing: `trainable`, `dtype`. */
  restore(config: JsonObject): void {
    const own = without(config, GRAPH_KEYS);
    if (typeof own.trainable === "boolean") this.setOwnTrainable(own.trainable);
    const text = originalOf(config);
    if (text !== config) {
      setGraphText(this, text);
      noteOriginal(own, without(text, GRAPH_KEYS), true);
    }
    rememberConfig(this, this.constructor, own);
  }

  /** Makes the model from its config. */
  static override fromConfig<T>(
    this: new (
      ...args: never[]
    ) => T,
    config: object,
    options: DeserializeOptions = {},
  ): T {
    const read = (own: JsonObject) => sequentialFromConfig(this as never, own);
    const cls = this as unknown as ConfigurableClass;
    meet(InputLayer);
    return reading(cls, config, options, read) as T;
  }

  #push(item: Layer | KerasTensor): void {
    const layer =
      item instanceof KerasTensor && item.node?.operation instanceof InputLayer ? item.node.operation : item;
    if (!(layer instanceof Layer)) throw this.problem(`expected layers, received ${inspect(item)}.`);
    if (this.#stack.length === 0 && layer.inputShapeHint)
      this.#push(new InputLayer({ shape: layer.inputShapeHint }));
    if ((this.#byName.get(layer.name) ?? layer) !== layer) {
      throw this.problem(`expected unique names of layers, received ${quote(layer.name)} again.`);
    }
    const [first] = this.#stack;
    if (layer instanceof InputLayer && first instanceof InputLayer) {
      throw this.problem(
        `expected one input, received another: it has input shape ${formatShape(first.batch_shape)} already.`,
      );
    }
    this.#stack.push(layer);
    this.#byName.set(layer.name, layer);
  }

  /** Calls the layers that are not called yet, as far as the input shape is known. */
  #connect(): void {
    const [first] = this.#stack;
    if (!first || this.#stack.length < 2) return;
    if (!(first instanceof InputLayer)) {
      const inner = first instanceof Model && first.built ? inputShapeOf(first) : null;
      if (inner) this.build(inner);
      return;
    }
    let output = this.#chain?.output ?? first.output;
    const layers = this.#stack.slice(this.#chain?.length ?? 1);
    runCalling(
      { names: this.nameScope() },
      () => {
        for (const layer of layers) output = layer.apply(output);
      },
      () => placeOf(this),
    );
    this.#chain = {
      input: first.output,
      output,
      length: this.#stack.length,
      shape: first.batch_shape,
      graph: null,
    };
    this.built = true;
  }

  #reset(): void {
    this.#chain = null;
    this.built = false;
  }

  #graph(): CallGraph | null {
    const chain = this.#chain;
    if (!chain) return null;
    chain.graph ??= new CallGraph(this, chain.input, chain.output);
    return chain.graph;
  }
}

function inputShapeOf(model: Model): Shape | null {
  const [only, ...others] = model.inputs;
  return only && others.length === 0 ? only.shape : null;
}

function sequentialFromConfig(
  cls: new (layers: readonly Layer[], options: SequentialOptions) => Sequential,
  config: JsonObject,
): Sequential {
  const { path, resolver } = currentReading()!;
  const { name, layers: entries, build_input_shape: shape } = config;
  if ((typeof name !== "string" && name !== null) || !Array.isArray(entries)) {
    throw new ConfigError(
      path,
      `expected a dict with the keys "name" and "layers", received ${inspect(config)}.`,
    );
  }
  const issues: Issue[] = [];
  const layers: Layer[] = [];
  for (const [i, entry] of entries.entries()) {
    gathering(issues, () =>
      inMember("layers", entries, () =>
        inMember(i, entry, () => {
          const layer = resolver.deserialize(entry, "layer");
          if (layer instanceof Layer) layers.push(layer);
          else
            issues.push({
              path: joinPath(joinPath(path, "layers"), i),
              message: `expected a layer (a dict with class_name and config), received ${inspect(entry)}.`,
            });
        }),
      ),
    );
  }
  if (issues.length > 0) throw new ConfigError(issues);
  const outputsOf = (layer: object) => saidBehind(entries, layers.indexOf(layer as Layer));
  const make = () => {
    const model = new cls(layers, { name });
    model.restore(config);
    if (!model.built && Array.isArray(shape))
      model.buildWith({ input_shape: shape as Nested<number | null> });
    return model;
  };
  return readingPart(() => path, make, { outputsOf });
}

/** What the file says of a layer's output: what the layer behind it was built for. */
function saidBehind(entries: JsonArray, place: number): Spec[] | undefined {
  const next = place < 0 ? undefined : entries[place + 1];
  const build = isDict(next) ? next.build_config : undefined;
  const shape = isDict(build) ? build.input_shape : undefined;
  return isShape(shape) ? [{ shape, dtype: "float32" }] : undefined;
}
