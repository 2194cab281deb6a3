import { ConfigError } from "../errors.ts";
import type { ConfigurableClass } from "../fields/configurable.ts";
import type { Arguments as CallArguments, Fields, OptionsOf, ValuesOf } from "../fields/field.ts";
import type { Nested } from "../graph/nested.ts";
import { type AnyArguments, type Argument, aTensor, type Signature, takes } from "../graph/signature.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { classOf, nameOf } from "../registry/class-of.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
import { activityRegularizer, baseFields, Layer } from "./layer.ts";

/** What every layer takes beside its own options. */
export interface LayerOptions extends OptionsOf<typeof baseFields>, OptionsOf<typeof activityRegularizer> {}

/** One tensor and nothing else. */
export type OneTensor = Signature<{ readonly inputs: Argument<Numeric, "tensor", true> }, "inputs">;

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
  new <Named extends Options = Options>(...args: CallArguments<Options, Named>): Base & Readonly<ValuesOf<F>>;
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
> = LayerClassOf<F, OptionsOf<F> & LayerOptions, Base>;

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
  if (typeof className !== "string" || !isPlain(fields)) {
    const received = inspect(typeof className === "string" ? fields : className);
    throw new ConfigError("layer", `expected a name and a record of fields, received ${received}.`);
  }
  checkOptions("layer", settings, { package: true, call: true });
  const { package: owner, call: signature = Layer.signature } = settings;
  const names = nameOf(className, owner === undefined ? {} : { package: owner });
  return classOf(Layer, { ...names, fields: withBaseFields(fields), signature });
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
  return kerasClass(className, withBaseFields(fields), signature, base);
}

/** A layer class of Keras with these fields and no others. */
export function kerasClass<const F extends Fields, Base>(
  className: string,
  fields: F,
  signature: Signature,
  base: LayerBase<Base>,
): LayerClassOf<F, OptionsOf<F>, Base>;
export function kerasClass(
  className: string,
  fields: Fields,
  signature: Signature,
  base: LayerBase<Layer>,
): unknown {
  return classOf(base, { ...nameOf(className, { module: "keras.layers" }), fields, signature });
}

/** The fields of a layer, with those that every layer has. */
export function withBaseFields(fields: Fields): Fields {
  return { ...baseFields, ...("activity_regularizer" in fields ? {} : activityRegularizer), ...fields };
}
