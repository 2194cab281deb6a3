import type { ConfigurableClass } from "../fields/configurable.ts";
import type { Arguments as CallArguments, Fields, OptionsOf, ValuesOf } from "../fields/field.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
import { activityRegularizer, baseFields, Layer } from "./layer.ts";

/** Options every layer takes beside its own. */
export type BaseOptions = OptionsOf<typeof baseFields> & OptionsOf<typeof activityRegularizer>;

export interface LayerSettings {
  /** The package of a custom class: it is registered as `package>name`. */
  readonly package?: string;
  /** The module of a class of Keras; defaults to `keras.layers`, or null for a custom class. */
  readonly module?: string;
  /** Names of the arguments of `call`, in order. Defaults to `["inputs"]`. */
  readonly call?: readonly string[];
}

/** The class that {@link layer} gives: typed options, typed properties, `fromConfig`. */
export type LayerConstructor<F extends Fields> = {
  new (...args: CallArguments<OptionsOf<F> & BaseOptions>): Layer & Readonly<ValuesOf<F>>;
} & Pick<
  typeof Layer,
  "callArguments" | "supportsMasking" | "isBuiltAtOnce" | "buildArguments" | "defaultTraining"
> &
  ConfigurableClass & {
    fromConfig<T>(this: new (options: never) => T, config: object, options?: DeserializeOptions): T;
  };

/**
 * The base of a layer class with these fields: `class Dense extends layer("Dense", { units: positiveInt(), … })`.
 * Options, properties, validation, defaults and config follow from the record.
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
export function layer<const F extends Fields>(
  className: string,
  fields: F,
  settings: LayerSettings = {},
): LayerConstructor<F> {
  const custom = settings.package !== undefined;
  const module = settings.module ?? null;
  const all =
    "activity_regularizer" in fields
      ? { ...baseFields, ...fields }
      : { ...baseFields, ...activityRegularizer, ...fields };
  abstract class Defined extends Layer {
    static override readonly className: string = className;
    static override readonly module = module;
    static override readonly registeredName =
      module !== null ? null : custom ? `${settings.package}>${className}` : className;
    static override readonly fields: Fields = all;
    static override readonly callArguments: readonly string[] = settings.call ?? ["inputs"];
  }
  return Defined as unknown as LayerConstructor<F>;
}

/** A layer class of Keras: `layer` with the module `keras.layers`. */
export function kerasLayer<const F extends Fields>(
  className: string,
  fields: F,
  settings: Omit<LayerSettings, "package"> = {},
): LayerConstructor<F> {
  return layer(className, fields, { module: "keras.layers", ...settings });
}
