/// <reference lib="esnext.disposable" preserve="true" />

import { DEFAULT_DIALECT, type Dialect } from "../dialects/version.ts";
import { older } from "../dialects/walk.ts";
import { type CeratopsError, ModelError } from "../errors.ts";
import { dialectOf } from "../fields/origin.ts";
import { currentWriting } from "../fields/writing.ts";
import { pointing } from "../graph/elsewhere.ts";
import { type KerasTensor, type Operation, placeOf } from "../graph/graph.ts";
import { mapNested, type Nested } from "../graph/nested.ts";
import { flag, maskFor, type Signature, structure, takes } from "../graph/signature.ts";
import { checkOptions } from "../json/check-options.ts";
import { copyJson } from "../json/copy.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { checkBuildConfig } from "../layers/building.ts";
import { Layer } from "../layers/layer.ts";
import type { QuantizationReport, QuantizeModelOptions } from "../layers/quantize-options.ts";
import { withSublayers } from "../layers/weights.ts";
import { once } from "../once.ts";
import type { KeptOptimizer } from "../optimizers/kept-optimizer.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { KeptState } from "../program/kept-state.ts";
import type { Value } from "../program/value.ts";
import type { Variable } from "../program/variable.ts";
import type { ProgressOptions } from "../progress.ts";
import { copyObject } from "../registry/configurable.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { buildByCall } from "./build-by-call.ts";
import { type CompileState, freshCompile, optimizerOf, reviveCompile } from "./compile-state.ts";
import { modelsElsewhere } from "./elsewhere.ts";
import type { ExportOptions } from "./export-model.ts";
import { closeHeld } from "./held-open.ts";
import { ownInputs } from "./own-inputs.ts";
import type { PredictInput, PredictOptions } from "./predict.ts";
import { standIns } from "./stand-ins.ts";
import { type SummaryOptions, summary } from "./summary.ts";
import { type ToJsonOptions, textOf } from "./text-of.ts";

/** Kept, since an import of what is there already takes longer than a small model does to run. */
const loadPredict = /* @__PURE__ */ once(() => import("./predict.ts"));

const Base = /* @__PURE__ */ pointing(Layer, modelsElsewhere);

/**
 * A layer that is a whole model: it has layers, predicts, prints a summary and can be saved. The base of
 * {@link Sequential} and {@link Functional}, and of models of your own, which define `call`.
 */
export class Model<Out = Nested<Tensor>> extends Base {
  static override readonly noun: string = "model";
  static override readonly bookkeeping: readonly string[] = [...Layer.bookkeeping, "compileConfig"];
  static override readonly signature: Signature = takes("inputs", {
    inputs: structure(),
    training: flag(),
    mask: maskFor("inputs"),
  });

  /** How the model was compiled, as its file said; kept and written back. */
  compileConfig: JsonObject | null = null;
  #compiled: { readonly config: JsonObject; readonly state: CompileState } | null = null;
  #keptState: KeptState | null = null;
  #kept: KeptOptimizer | null = null;
  #trained: readonly Variable[] | null = null;

  /**
   * How the model was compiled, with objects of what is known here: its optimizer, losses and metrics. What is not known
   * stays what its config says; null where it was not compiled.
   */
  get compileState(): CompileState | null {
    const config = this.compileConfig;
    if (config === null) return null;
    if (this.#compiled?.config !== config)
      this.#compiled = { config, state: reviveCompile(this.#compiledFor({ dialect: DEFAULT_DIALECT })) };
    return this.#compiled.state;
  }

  /**
   * The optimizer it was compiled with, with what its file kept of it for the weights that were trained then; null where
   * there is none that is known here. Throws a {@link ModelError} where that does not fit.
   */
  get optimizer(): Optimizer | null {
    const optimizer = optimizerOf(this.compileState);
    if (optimizer === this.#kept?.optimizer) return optimizer;
    if (optimizer && this.#keptState && this.built)
      this.#kept = optimizer.takeOver(this.weightsThen, this.#keptState);
    return optimizer;
  }

  /** The loss it was compiled with, as it was given: a name, an object, a function, or lists and dicts of them. */
  get loss(): unknown {
    return this.compileState?.loss ?? null;
  }

  /** The state of the optimizer it was compiled with, as files have it: the one of its file as long as nothing changed. */
  get optimizerState(): KeptState | null {
    const kept = this.#kept;
    return kept && kept.optimizer === optimizerOf(this.compileState) ? kept.state : this.#keptState;
  }

  set optimizerState(state: KeptState | null) {
    this.keepOptimizer(state, state && this.built ? this.trainableWeights : null);
  }

  /**
   * The weights that the state of the optimizer is for: those that were trained when the model got it.
   *
   * @internal
   */
  get weightsThen(): readonly Variable[] {
    return this.#trained ?? this.trainableWeights;
  }

  /**
   * Takes over the state of an optimizer that is for some of the weights.
   *
   * @internal
   */
  keepOptimizer(state: KeptState | null, trained: readonly Variable[] | null): void {
    this.#keptState = state;
    this.#kept = null;
    this.#trained = this.built ? trained : null;
  }

  /** The Keras version whose dialect the model speaks: that of its file, of what it was cloned from; null: 3.6. */
  get dialect(): Dialect | null {
    return dialectOf(this);
  }

  /** Layers inside are no hindrance to look at a model. */
  override get missingCode(): readonly string[] {
    return [];
  }

  /**
   * Whether files have its layers below `layers`, as those of Keras's models; else only where its properties hold them.
   *
   * @internal
   */
  get listsLayers(): boolean {
    return true;
  }

  /** The layers inside, in the order of the graph. */
  get layers(): readonly Layer[] {
    return this.sublayers();
  }

  /** The symbolic inputs, flat. */
  get inputs(): readonly KerasTensor[] {
    throw this.#noGraph("inputs");
  }

  get outputs(): readonly KerasTensor[] {
    throw this.#noGraph("outputs");
  }

  get inputShape(): Nested<Shape> {
    return aloneOrAll(this.inputs.map(({ shape }) => shape));
  }

  get outputShape(): Nested<Shape> {
    return aloneOrAll(this.outputs.map(({ shape }) => shape));
  }

  /** Whether it was compiled. */
  get compiled(): boolean {
    return this.compileConfig !== null;
  }

  /** Everything that was called to make the graph: layers, and operations such as `ops.add`. */
  get operations(): readonly Operation[] {
    return this.layers;
  }

  /**
   * A layer by its name, or by its place in `layers`. With a class, a layer of that class:
   * `model.getLayer("dense", Dense).units`; another one is an error.
   */
  getLayer(nameOrIndex: string | number): Layer;
  getLayer<L extends Layer>(nameOrIndex: string | number, cls: LayerOf<L>): L;
  getLayer(nameOrIndex: string | number, cls?: LayerOf<Layer>): Layer {
    const { layers } = this;
    const layer =
      typeof nameOrIndex === "number"
        ? layers.at(nameOrIndex)
        : layers.find(({ name }) => name === nameOrIndex);
    if (!layer) {
      const known = layers.map(({ name }) => name);
      throw this.problem(
        `expected one of its ${known.length} layers ${inspect(known)}, received ${inspect(nameOrIndex)}.`,
      );
    }
    if (cls === undefined) return layer;
    if (typeof cls !== "function")
      throw this.problem(`expected a class of layers, received ${inspect(cls)}.`);
    if (isOf(layer, cls)) return layer;
    throw layer.problem(`expected a ${cls.className}, received a ${layer.constructor.className}.`);
  }

  /**
   * Computes outputs for any number of samples, with the best engine there is, batch by batch.
   * `x` is a tensor, an array of numbers, or a list or dict of them, as the model takes them. What comes out has the
   * form of the model's outputs; of a model from a file say which that is: `model.predict<Tensor>(x)`. Weights and inputs
   * are those of the call, whatever is assigned while it runs; only the first prediction of a program loads what it
   * needs before it looks at them.
   */
  async predict<R = Out>(x: PredictInput, options: PredictOptions = {}): Promise<NoInfer<R>> {
    const { predict } = loadPredict.loaded ?? (await loadPredict());
    return (await predict(this, x, options)) as NoInfer<R>;
  }

  /**
   * Reads all weights that are still in a file, so that they can be used at once. `onProgress` is told how many of their
   * bytes are there; after `signal` no more are read.
   */
  async load(options: ProgressOptions = {}): Promise<void> {
    checkOptions(`${placeOf(this)}: load`, options, { onProgress: true, signal: true }, ModelError);
    const weights = [...this.weights, ...(this.#kept?.optimizer.variables ?? [])];
    const { loadAll } = await import("../program/load-all.ts");
    await loadAll(weights, options);
  }

  /**
   * Frees what the model holds beside its numbers: what engines compiled for it, when the predictions that use it are
   * done, and the file that weights are still read from, when no clone that took them over reads there either. The
   * model stays what it is: a prediction compiles it again. Weights that were not read yet cannot be read any more:
   * `load()` reads all.
   *
   * Nothing grows without it: what is not used any more is freed with the model. It can be left to the block that the
   * model is in: `await using model = await loadModel("model.keras")`.
   */
  async dispose(): Promise<void> {
    await closeHeld(this);
  }

  /** Disposes the model and waits for nothing. */
  [Symbol.dispose](): void {
    this.dispose().catch(() => undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /**
   * The model as an ONNX file, for ONNX Runtime and whatever else reads it: any number of samples in, what `predict`
   * gives out. `exportOnnx(model, path)` of ceratops/node writes the file.
   */
  async export(options: ExportOptions = {}): Promise<Uint8Array> {
    const { exportModel } = await import("./export-model.ts");
    return exportModel(this, options);
  }

  /**
   * Gives the layers that can have them weights in few bits, those inside others too, and says which: bytes (`int8`), 4
   * bits (`int4`), or floats that training brings to 8 bits (`float8`). The model must be built.
   *
   * @example
   * const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 3 })]);
   * const { quantized } = await model.quantize("int8"); // ["dense"]
   */
  override async quantize(
    mode: string | null,
    options: QuantizeModelOptions<Layer> = {},
  ): Promise<QuantizationReport> {
    const { quantizeAll } = await import("../layers/quantize.ts");
    return quantizeAll(`${placeOf(this)}: quantize`, withSublayers<Layer>(this), mode, options);
  }

  /** A table of the layers, their output shapes and parameters, as Keras prints it. */
  summary(options: SummaryOptions = {}): string {
    return summary(this, options);
  }

  protected override facts(): string[] {
    const parameters = this.built ? [`parameters=${this.countParams()}`] : [];
    return [`built=${this.built}`, `layers=${this.layers.length}`, ...parameters];
  }

  /**
   * The model as text: what Python's `to_json()` gives, to the character. For an older version of Keras 3, keys that it does
   * not have are an error; classes, and values of keys, that came later are written. `saveModel` and `convert` refuse those.
   */
  toJson(options: ToJsonOptions = {}): string {
    return textOf(this, options);
  }

  /** The shapes of the outputs for inputs of these shapes, the batch first; builds nothing. */
  computeOutputShape(inputShape: Nested<number | null>): Nested<number | null> {
    const model = this.built ? this : (copyObject(this) as Model);
    const inputs = standIns(inputShape, model.inputsOfGraph() ?? undefined);
    const outputs = model.stated(model.invoke([inputs], {})) as Nested<Value>;
    return mapNested(outputs, ({ shape }) => [...shape]) as Nested<number | null>;
  }

  /** The inputs it was built with, in their structure; null where there is no graph. */
  protected inputsOfGraph(): Nested<KerasTensor> | null {
    return ownInputs(this);
  }

  override buildFromConfig(config: JsonObject): void {
    checkBuildConfig(this, config);
    if (this.build === Layer.prototype.build) buildByCall(this, config);
    else super.buildFromConfig(config);
  }

  getCompileConfig(): JsonValue | undefined {
    if (!this.compileConfig) return undefined;
    const config = copyJson(this.#compiledFor(currentWriting()));
    const optimizer = optimizerOf(this.compileState);
    if (optimizer) config.optimizer = optimizer.writtenAs(config.optimizer);
    return config;
  }

  /** How it was compiled, as a version says it; as its file did, where none is asked for. */
  #compiledFor(to: Parameters<typeof older.compiled>[2]): JsonObject {
    return older.compiled(this.compileConfig!, this.dialect, to, this.inputsOfGraph() && this);
  }

  compileFromConfig(config: JsonObject): void {
    if (!isPlain(config)) throw this.problem(`expected a compile_config, received ${inspect(config)}.`);
    this.compileConfig = copyJson(config);
    // Now, as the classes are those that the reader knows.
    void this.compileState;
  }

  /**
   * Takes over how another model was compiled, with an optimizer and metrics that begin anew.
   *
   * @internal
   */
  compileLike(other: Model): void {
    if (!(other instanceof Model)) throw this.problem(`expected a model, received ${inspect(other)}.`);
    const { compileConfig, compileState } = other;
    if (!compileConfig || !compileState) return;
    this.compileConfig = copyJson(compileConfig);
    this.#compiled = { config: this.compileConfig, state: freshCompile(compileState) };
  }

  #noGraph(what: string): CeratopsError {
    return this.problem(
      `expected a model with a graph, received a ${this.constructor.className} that has no ${what} yet.`,
    );
  }
}

/** A class of layers, to tell them apart by. */
type LayerOf<L extends Layer> = (abstract new (...args: never) => L) & { readonly className: string };

function isOf(layer: Layer, cls: LayerOf<Layer>): boolean {
  return layer instanceof cls;
}

function aloneOrAll(shapes: readonly Shape[]): Shape | readonly Shape[] {
  const [only, ...others] = shapes;
  return only && others.length === 0 ? only : shapes;
}

/** The layers of a model and of the models inside it, flat. */
export function flattenLayers(model: Layer): Layer[] {
  if (!(model instanceof Layer)) {
    throw new ModelError("flattenLayers", `expected a model, received ${inspect(model)}.`);
  }
  return withSublayers(model).slice(1);
}
