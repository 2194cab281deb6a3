import type { ConfigurableClass } from "../fields/configurable.ts";
import type { Arguments as CallArguments, Fields, OptionsOf, ValuesOf } from "../fields/field.ts";
import type { Nested } from "../graph/nested.ts";
import { type AnyArguments, type Argument, aTensor, type Signature, takes } from "../graph/signature.ts";
import type { Operand, Result } from "../program/emit.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
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

const oneTensor: OneTensor = /* @__PURE__ */ takes("inputs", { inputs: /* @__PURE__ */ aTensor() });

export interface LayerSettings<S extends Signature = Signature> {
  /** The package of a custom class: it is registered as `package>name`. */
  readonly package?: string;
  /** What its call takes. Defaults to `inputs`: a tensor, or lists and dicts of tensors. */
  readonly call?: S;
}

/** The class that {@link layer} gives: typed options, properties, `call` and `apply`; `fromConfig`. */
export type LayerConstructor<F extends Fields, S extends Signature = OneTensor> = {
  new (...args: CallArguments<OptionsOf<F> & BaseOptions>): Layer<S> & Readonly<ValuesOf<F>>;
} & Pick<typeof Layer, "supportsMasking" | "isBuiltAtOnce" | "noun"> & {
    readonly signature: Signature;
  } & ConfigurableClass & {
    fromConfig<T>(this: new (options: never) => T, config: object, options?: DeserializeOptions): T;
  };

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
  const registeredName = settings.package === undefined ? className : `${settings.package}>${className}`;
  return classOf(className, fields, settings.call ?? Layer.signature, null, registeredName);
}

/** A layer class of Keras: `layer` with the module `keras.layers`. */
export function kerasLayer<const F extends Fields, const A extends AnyArguments, const N extends string>(
  className: string,
  fields: F,
  call: Signature<A, N>,
): LayerConstructor<F, Signature<A, N>>;
export function kerasLayer<const F extends Fields>(className: string, fields: F): LayerConstructor<F>;
export function kerasLayer(className: string, fields: Fields, call: Signature = oneTensor): unknown {
  return classOf(className, fields, call, "keras.layers", null);
}

function classOf(
  className: string,
  fields: Fields,
  signature: Signature,
  module: string | null,
  registeredName: string | null,
): typeof Layer {
  const all = { ...baseFields, ...("activity_regularizer" in fields ? {} : activityRegularizer), ...fields };
  abstract class Defined extends Layer {
    static override readonly className: string = className;
    static override readonly module = module;
    static override readonly registeredName = registeredName;
    static override readonly fields: Fields = all;
    static override readonly signature: Signature = signature;
  }
  return Defined;
}
