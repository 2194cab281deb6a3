import type { ConfigurableClass } from "../fields/configurable.ts";
import type { Arguments as CallArguments, Fields, OptionsOf, ValuesOf } from "../fields/field.ts";
import type { Nested } from "../graph/nested.ts";
import { type AnyArguments, type Argument, aTensor, type Signature, takes } from "../graph/signature.ts";
import type { Operand, Result } from "../program/emit.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
import { nameClass } from "../registry/own-name.ts";
import { activityRegularizer, baseFields, Layer } from "./layer.ts";

/** Options every layer takes beside its own. */
export type BaseOptions = OptionsOf<typeof baseFields> & OptionsOf<typeof activityRegularizer>;

/** One tensor and nothing else. */
export type OneTensor = Signature<{ readonly inputs: Argument<Result, "tensor", true> }, "inputs">;

/** A tensor, or lists and dicts of tensors, and nothing else. */
export type OneStructure = Signature<
  { readonly inputs: Argument<Nested<Operand>, "structure", true> },
  "inputs"
>;

/** What a call takes of which nothing else is said. */
export const oneTensor: OneTensor = /* @__PURE__ */ takes("inputs", { inputs: /* @__PURE__ */ aTensor() });

export interface LayerSettings<S extends Signature = Signature> {
  /** The package of a custom class: it is registered as `package>name`. */
  readonly package?: string;
  /** What its call takes. Defaults to `inputs`: a tensor, or lists and dicts of tensors. */
  readonly call?: S;
}

/** A class of layers that have these fields and take these options, on a base. */
export type LayerClassOf<F extends Fields, Options, Base> = {
  new (...args: CallArguments<Options>): Base & Readonly<ValuesOf<F>>;
} & Pick<typeof Layer, "supportsMasking" | "isBuiltAtOnce" | "noun"> & {
    readonly signature: Signature;
  } & ConfigurableClass & {
    fromConfig<T>(this: new (options: never) => T, config: object, options?: DeserializeOptions): T;
  };

/** The class that {@link layer} gives: typed options, properties, `call` and `apply`; `fromConfig`. */
export type LayerConstructor<
  F extends Fields,
  S extends Signature = OneTensor,
  Base = Layer<S>,
> = LayerClassOf<F, OptionsOf<F> & BaseOptions, Base>;

/** What layers of several classes do alike: a class that {@link kerasLayer} gives its fields. */
export type LayerBase<Base> = abstract new (options: object) => Base;

/**
 * The base of a layer class with these fields and this call: `class Dense extends layer("Dense", { units: … })`.
 * Options, properties, validation, defaults and config follow from the record of fields; names and order of arguments,
 * masks, what `build` gets and the types of `call` and `apply` from the record of the call.
 *
 * @example
 * import { float } from "ceratops/fields";
 * import { multiply, type Operand } from "ceratops/ops";
 *
 * class Scale extends layer("Scale", { factor: float(1) }, { package: "my_package" }) {
 *   override call(x: Operand) {
 *     return multiply(x, this.factor);
 *   }
 * }
 */
export function layer<const F extends Fields, const A extends AnyArguments, const N extends string>(
  className: string,
  fields: F,
  settings: LayerSettings<Signature<A, N>> & { readonly call: Signature<A, N> },
): LayerConstructor<F, Signature<A, N>>;
export function layer<const F extends Fields>(
  className: string,
  fields: F,
  settings?: LayerSettings,
): LayerConstructor<F, OneStructure>;
export function layer(className: string, fields: Fields, settings: LayerSettings = {}): unknown {
  const { package: owner, call: signature = Layer.signature } = settings;
  const registeredName = owner === undefined ? className : `${owner}>${className}`;
  const facts = { className, module: null, registeredName, fields: withBaseFields(fields), signature };
  return classOf(facts, Layer);
}

/** A layer class of Keras: `layer` with the module `keras.layers`; on a base, if some layers do much alike. */
export function kerasLayer<
  const F extends Fields,
  const A extends AnyArguments,
  const N extends string,
  Base extends Layer<Signature<A, N>> = Layer<Signature<A, N>>,
>(
  className: string,
  fields: F,
  call: Signature<A, N>,
  base?: LayerBase<Base>,
): LayerConstructor<F, Signature<A, N>, Base>;
export function kerasLayer<const F extends Fields>(className: string, fields: F): LayerConstructor<F>;
export function kerasLayer(
  className: string,
  fields: Fields,
  signature: Signature = oneTensor,
  base: LayerBase<Layer> = Layer,
): unknown {
  return classOf({ ...ofKeras, className, fields: withBaseFields(fields), signature }, base);
}

/** What classes of Keras say of where they come from. */
export const ofKeras = { module: "keras.layers", registeredName: null };

function withBaseFields(fields: Fields): Fields {
  return { ...baseFields, ...("activity_regularizer" in fields ? {} : activityRegularizer), ...fields };
}

/** What a class says of itself. */
interface Facts<F extends Fields> extends ConfigurableClass {
  readonly fields: F;
  readonly signature: Signature;
}

/** A class on a base, with these fields and no others. */
export function classOf<const F extends Fields, Base>(
  facts: Facts<F>,
  base: LayerBase<Base>,
): LayerClassOf<F, OptionsOf<F>, Base>;
export function classOf(facts: Facts<Fields>, base: LayerBase<Layer>): unknown {
  abstract class Defined extends base {
    static {
      nameClass(this, facts);
    }
    static readonly fields = facts.fields;
    static readonly signature = facts.signature;
  }
  return Defined;
}
