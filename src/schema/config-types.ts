import type * as constraints from "../constraints/classes.ts";
import type * as policies from "../dtype-policies/classes.ts";
import type * as initializers from "../initializers/classes.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import type * as aliases from "../layers/aliases.ts";
import type * as layers from "../layers/index.ts";
import type * as losses from "../losses/classes.ts";
import type * as metrics from "../metrics/classes.ts";
import type * as optimizers from "../optimizers/classes.ts";
import type * as schedules from "../optimizers/schedules/classes.ts";
import type * as quantizers from "../quantizers/classes.ts";
import type { Configurable } from "../registry/configurable.ts";
import type * as regularizers from "../regularizers/classes.ts";

/** What configs name a class by, as far as its type says it. */
type Told<C> = C extends { readonly className: infer Name } ? Literal<Name> : never;
type Literal<Name> = Name extends string ? (string extends Name ? never : Name) : never;

type OptionsIn<C> = C extends abstract new (options: infer Options) => unknown ? NonNullable<Options> : never;

/** An option as a config has it: an object or a function is an envelope. */
type InConfig<T> = JsonValue extends T
  ? JsonValue
  : T extends string | number | boolean | null
    ? T
    : T extends bigint | undefined
      ? never
      : T extends readonly (infer Item)[]
        ? readonly InConfig<Item>[]
        : T extends object
          ? Envelope
          : never;

/** An object in a config: its class, and that one's config. */
export interface Envelope<Name extends string = string, Config = JsonObject> {
  readonly module: string | null;
  readonly class_name: Name;
  readonly config: Config;
  readonly registered_name: string | null;
}

/**
 * The config of a class, as `getConfig()` gives it and `fromConfig` takes it: what its constructor needs is there, all else may
 * be, since versions of Keras write different keys. Objects are envelopes.
 *
 * @example
 * import type { ConfigOf } from "ceratops/schema";
 *
 * const config: ConfigOf<typeof Dense> = { units: 4, activation: "relu" };
 * const layer = Dense.fromConfig(config);
 */
export type ConfigOf<C> = {
  readonly [K in keyof OptionsIn<C>]: InConfig<OptionsIn<C>[K]>;
};

/** The envelope of any class of a module, told apart by `class_name`; a class is exported by that name. */
export type EnvelopeIn<Classes> = {
  [K in keyof Classes & string]: Classes[K] extends abstract new (
    ...args: never[]
  ) => Configurable
    ? Envelope<[Told<Classes[K]>] extends [never] ? K : Told<Classes[K]>, ConfigOf<Classes[K]>>
    : never;
}[keyof Classes & string];

/**
 * The envelope of any layer of Keras.
 *
 * @example
 * import type { LayerEnvelope } from "ceratops/schema";
 *
 * const unitsOf = (envelope: LayerEnvelope) =>
 *   envelope.class_name === "Dense" ? envelope.config.units : null;
 */
export type LayerEnvelope =
  | EnvelopeIn<Omit<typeof layers, keyof typeof aliases | "Layer" | "GroupedQueryAttention">>
  // The one class whose name in configs is another than the one it is exported by.
  | Envelope<"GroupQueryAttention", ConfigOf<typeof layers.GroupedQueryAttention>>;
export type InitializerEnvelope = EnvelopeIn<typeof initializers>;
export type RegularizerEnvelope = EnvelopeIn<typeof regularizers>;
export type ConstraintEnvelope = EnvelopeIn<typeof constraints>;
export type LossEnvelope = EnvelopeIn<typeof losses>;
export type MetricEnvelope = EnvelopeIn<typeof metrics>;
export type OptimizerEnvelope = EnvelopeIn<typeof optimizers>;
export type ScheduleEnvelope = EnvelopeIn<typeof schedules>;
export type PolicyEnvelope = EnvelopeIn<typeof policies>;
export type QuantizerEnvelope = EnvelopeIn<typeof quantizers>;
