import { getPolicy } from "../../dtype-policies/policy.ts";
import { CeratopsError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { leavesOut, originOf } from "../../fields/origin.ts";
import { type Arguments, KerasTensor, type Keywords, placeOf } from "../../graph/graph.ts";
import { flatten, isDict, type Nested } from "../../graph/nested.ts";
import { structure, takes } from "../../graph/signature.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { learns } from "../../layers/batches.ts";
import type { CategoryEncoding } from "../../layers/categories/category-encoding.ts";
import { HashedCrossing } from "../../layers/categories/hashed-crossing.ts";
import { Input } from "../../layers/core/input-layer.ts";
import type { Layer } from "../../layers/layer.ts";
import { TFDConcat } from "../../layers/preprocessing/feature-layers.ts";
import { runOutside } from "../../program/calling.ts";
import type { Numeric } from "../../program/emit.ts";
import { classOf, nameOf } from "../../registry/class-of.ts";
import { provenance } from "../../registry/memory.ts";
import type { DType } from "../../tensor/dtype.ts";
import { Model } from "../model.ts";
import { type FeatureBatch, type FeatureData, teachAll } from "./adapt.ts";
import { columnsOf, withoutBatch } from "./columns.ts";
import { Cross, type CrossOptions } from "./cross.ts";
import { encode } from "./encode.ts";
import { encoderFor } from "./encoders.ts";
import { Feature, type FeatureOptions } from "./feature.ts";
import { fields } from "./fields.ts";
import * as kinds from "./kinds.ts";
import { lessonOf } from "./lesson-of.ts";
import { crossesOf, featuresOf } from "./standardize.ts";

/** What {@link FeatureSpace} takes. */
export interface FeatureSpaceOptions extends OptionsOf<typeof fields> {}

/** Something by the names of features. */
type ByName<T> = Readonly<Record<string, T>>;

const className = "FeatureSpace";

const signature = /* @__PURE__ */ takes("data", { data: /* @__PURE__ */ structure() });

/**
 * Brings columns of a table into the form that models take: each feature has a layer of its own, what they give becomes
 * numbers, and all of it one row for each sample. Source: Keras 3.6 `layers/preprocessing/feature_space.py`.
 *
 * @example
 * const space = new FeatureSpace({
 *   features: { age: "float_rescaled", city: FeatureSpace.stringCategorical({ num_oov_indices: 0 }) },
 * });
 * space.adapt({ age: [20, 50, 31], city: ["Oslo", "Lima", "Oslo"] });
 * const rows = space.apply({ age: tensor([8, 9]), city: tensor(["Lima", "Oslo"]) }); // [[8, 0, 1], [9, 1, 0]]
 */
export class FeatureSpace extends classOf(Model, {
  ...nameOf(className, { module: "keras.utils" }),
  fields,
  signature,
})<FeatureSpaceOptions> {
  /** A feature with a layer of your own. */
  static feature(options: FeatureOptions): Feature {
    return new Feature(options);
  }

  /** Several features as one. */
  static cross(options: CrossOptions): Cross {
    return new Cross(options);
  }

  static readonly float = kinds.float;
  static readonly floatRescaled = kinds.floatRescaled;
  static readonly floatNormalized = kinds.floatNormalized;
  static readonly floatDiscretized = kinds.floatDiscretized;
  static readonly integerCategorical = kinds.integerCategorical;
  static readonly stringCategorical = kinds.stringCategorical;
  static readonly integerHashed = kinds.integerHashed;
  static readonly stringHashed = kinds.stringHashed;

  declare features: ByName<Feature>;
  declare crosses: readonly Cross[];
  override autocast = false;
  /** The layer of each feature. */
  readonly preprocessors: ByName<Layer>;
  /** The layer of each cross, which is named as its features are: `a_X_b`. */
  readonly crossers: ByName<HashedCrossing>;
  /** What makes rows of numbers of integers, of the features and crosses that come out so; known once it is adapted. */
  readonly one_hot_encoders: Record<string, CategoryEncoding> = Object.create(null);
  /** What joins all features; null before they are known, and where they come out one by one. */
  concat: TFDConcat | null = null;
  readonly #inputs: ByName<KerasTensor>;
  #encoded: KerasTensor | ByName<KerasTensor> | null = null;

  constructor(options: FeatureSpaceOptions) {
    super(options);
    // Keras writes none, and it computes nothing itself.
    Object.defineProperty(this, "dtype_policy", { value: getPolicy(null), enumerable: false });
    this.features = featuresOf(this.features, this);
    this.crosses = crossesOf(this.crosses ?? [], this.crossing_dim, Object.keys(this.features));
    this.preprocessors = byName(this.features, ({ preprocessor }) => preprocessor);
    this.#inputs = byName(this.features, ({ dtype }, name) =>
      Input({ shape: [1], dtype: dtype as DType, name }),
    );
    this.crossers = Object.fromEntries(
      this.crosses.map(({ name, crossing_dim }) => [
        name,
        new HashedCrossing({ num_bins: crossing_dim, name }),
      ]),
    );
  }

  /**
   * Learns what the layers of the features need to know: vocabularies, boundaries of bins, means and variances. Takes
   * arrays by the names of the features, or batches of them; batches that have to be waited for give a promise.
   */
  adapt(data: AsyncIterable<FeatureBatch>): Promise<void>;
  adapt(data: FeatureData): void;
  adapt(data: FeatureData | AsyncIterable<FeatureBatch>): void | Promise<void> {
    const where = `${placeOf(this)}: adapt`;
    const learned = Object.entries(this.features).flatMap(([name, { preprocessor, dtype }]) => {
      const lesson = lessonOf(preprocessor, where);
      return lesson ? [{ name, dtype, lesson }] : [];
    });
    const waiting = teachAll(where, data, learned);
    return waiting ? waiting.then(() => this.#finish()) : this.#finish();
  }

  /** Symbolic inputs by the names of the features, to begin a model with. */
  getInputs(): ByName<KerasTensor> {
    this.getEncodedFeatures();
    return { ...this.#inputs };
  }

  /** What comes out for them: one row for each sample, or features by their names. */
  getEncodedFeatures<R extends KerasTensor | ByName<KerasTensor> = KerasTensor>(): NoInfer<R> {
    this.#encoded ?? this.#finish();
    return this.#encoded as NoInfer<R>;
  }

  override get listsLayers(): boolean {
    return false;
  }

  override get inputs(): readonly KerasTensor[] {
    return flatten<KerasTensor>(this.getInputs());
  }

  override get outputs(): readonly KerasTensor[] {
    return flatten<KerasTensor>(this.getEncodedFeatures<ByName<KerasTensor>>());
  }

  protected override inputsOfGraph(): ByName<KerasTensor> {
    return this.getInputs();
  }

  override build(): void {
    this.getEncodedFeatures();
  }

  /** Computes on tensors by the names of the features: batches, or scalars of one sample. */
  override invoke(args: Arguments, kwargs: Keywords): unknown {
    const [data] = args;
    if (isDict(data) && flatten(data as Nested<unknown>).some((leaf) => leaf instanceof KerasTensor))
      throw this.problem(
        "expected tensors, received KerasTensors. Build a model on getInputs() and getEncodedFeatures().",
      );
    this.getEncodedFeatures();
    return super.invoke(args, kwargs);
  }

  override call(data: unknown): Nested<Numeric> {
    const { columns, isSample } = columnsOf(this, this.features, data);
    const encoded = encode<Numeric>(this, columns, (name) => this.one_hot_encoders[name] ?? null);
    return isSample ? withoutBatch(this, encoded) : encoded;
  }

  override getBuildConfig(): JsonObject {
    return byName(this.preprocessors, (layer) => layer.getBuildConfig() ?? null) as JsonObject;
  }

  override buildFromConfig(config: JsonObject): void {
    for (const [name, { preprocessor }] of Object.entries(this.features)) {
      const own = Object.hasOwn(config, name) ? config[name] : null;
      if (isDict(own) && !preprocessor.built) preprocessor.buildFromConfig(own as JsonObject);
    }
    const wasBuilt = Object.keys(this.features).every((name) => isDict(config[name]));
    if (!wasBuilt || this.#missing() !== null || this.#isUnknown()) return;
    try {
      this.#connect();
    } catch (error) {
      // It says so when it is used.
      if (!(error instanceof CeratopsError)) throw error;
    }
  }

  /** It is no model of Keras's, which has nothing to compile. */
  override getCompileConfig(): null {
    return null;
  }

  protected override objectsInside(): ByName<unknown> {
    return { features: this.features, crosses: this.crosses };
  }

  protected override arrange(config: JsonObject): JsonObject {
    const isSaid = originOf(this) !== undefined && !leavesOut(this, "name");
    if (!isSaid) delete config.name;
    return config;
  }

  /** A feature whose layer has to learn something first; null where there is none. */
  #missing(): string | null {
    const all = Object.entries(this.preprocessors);
    const found = all.find(([, layer]) => learns(layer) && !layer.isGiven && !layer.hasLearned);
    return found ? found[0] : null;
  }

  /** Whether a layer has no code here. */
  #isUnknown(): boolean {
    return Object.values(this.preprocessors).some(({ missingCode }) => missingCode.length > 0);
  }

  /** Builds what is not built yet. What a file says of that is so no more. */
  #finish(): void {
    const missing = this.#missing();
    if (missing !== null)
      throw this.problem(
        `expected a FeatureSpace that was adapted, received one that knows nothing of ${quote(missing)}. Call adapt(data) first.`,
      );
    this.#connect();
    provenance.set(this, undefined);
  }

  /** Calls all layers on symbolic inputs, and makes those that encode. */
  #connect(): void {
    this.#encoded = null;
    for (const name of Object.keys(this.one_hot_encoders)) delete this.one_hot_encoders[name];
    if (this.output_mode === "concat") this.concat ??= new TFDConcat({ axis: -1 });
    this.#encoded = runOutside(
      null,
      () => encode<KerasTensor>(this, this.#inputs, (name, { dtype }) => this.#makeEncoder(name, dtype)),
      () => placeOf(this),
    );
    this.built = true;
  }

  /** What makes rows of what a feature or cross gives; null where it comes out as it is. */
  #makeEncoder(name: string, dtype: DType): CategoryEncoding | null {
    const spec = this.features[name] ?? this.crosses.findLast((cross) => cross.name === name)!;
    if (spec.output_mode !== "one_hot") return null;
    const encoder = encoderFor(this, name, this.preprocessors[name] ?? this.crossers[name]!, dtype);
    this.one_hot_encoders[name] = encoder;
    return encoder;
  }
}

/** The same names with something else for each. */
function byName<T, R>(things: ByName<T>, make: (thing: T, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, make(thing, name)]));
}
