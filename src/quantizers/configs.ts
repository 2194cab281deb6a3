import { ConfigError } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { anInteger, nullable, optional, refine } from "../fields/kinds.ts";
import { currentReading } from "../fields/reading.ts";
import { bool, floatBetween, opaque, positiveInt } from "../fields/shorthands.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { definer } from "../registry/class-of.ts";
import { Configurable } from "../registry/configurable.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
import { quantizer } from "./field.ts";
import { AbsMaxQuantizer, type Quantizer } from "./quantizer.ts";

/** How the weights of layers are quantized, and their inputs with them. */
export abstract class QuantizationConfig extends Configurable {
  /** What weights become: `int8`, `int4`, `float8`, `gptq` or `awq`. */
  abstract readonly mode: string;
  /** What quantizes the weights; null: what layers do of themselves. */
  declare readonly weight_quantizer: Quantizer | null | undefined;
  /** What quantizes the inputs; null: they stay floats. */
  declare readonly activation_quantizer: Quantizer | null | undefined;

  /** The mode of the policy of a layer that is quantized so: `int4/128`. */
  get policyMode(): string {
    return this.mode;
  }
}

const kerasConfig = /* @__PURE__ */ definer(QuantizationConfig, { module: "keras.quantizers" });

const weights = {
  /** What quantizes the weights. Defaults to none: what layers do of themselves. */
  weight_quantizer: quantizer(),
};

const int8Fields = {
  ...weights,
  /** What quantizes the inputs; null: they stay floats. Defaults to "abs_max_quantizer". */
  activation_quantizer: quantizer("abs_max_quantizer"),
};

/** What an {@link Int8QuantizationConfig} takes. */
export interface Int8QuantizationConfigOptions extends OptionsOf<typeof int8Fields> {}

/**
 * Weights of 8 bits with a scale for each unit, and inputs of 8 bits that find their scales themselves.
 * Source: Keras 3.15 `quantizers/quantization_config.py`.
 */
export class Int8QuantizationConfig extends kerasConfig(
  "Int8QuantizationConfig",
  int8Fields,
)<Int8QuantizationConfigOptions> {
  override readonly mode = "int8";

  constructor(options: Int8QuantizationConfigOptions = {}) {
    super(options);
    checkQuantizer(this, [-128, 127]);
  }
}

const aBlockSize = refine(anInteger, "a positive integer, -1 or null", (size) => size === -1 || size > 0);

const int4Fields = {
  ...weights,
  /** What quantizes the inputs. Defaults to none: they stay floats. */
  activation_quantizer: quantizer(),
  /** How many weights of a unit share a scale; -1 or null: all of them. Defaults to 128. */
  block_size: optional(nullable(aBlockSize), 128),
};

/** What an {@link Int4QuantizationConfig} takes. */
export interface Int4QuantizationConfigOptions extends OptionsOf<typeof int4Fields> {}

/**
 * Weights of 4 bits, with scales and zero points for blocks of them or one scale for each unit.
 * Source: Keras 3.15 `quantizers/quantization_config.py`.
 */
export class Int4QuantizationConfig extends kerasConfig(
  "Int4QuantizationConfig",
  int4Fields,
)<Int4QuantizationConfigOptions> {
  override readonly mode = "int4";

  constructor(options: Int4QuantizationConfigOptions = {}) {
    super(options);
    const { block_size: size, weight_quantizer, activation_quantizer } = this;
    if (size !== null && size > 0 && (weight_quantizer || activation_quantizer)) {
      const message = `expected no quantizers where weights share scales in blocks, received block_size ${size}. Give block_size -1.`;
      throw new ConfigError(pathOf(this), message);
    }
    checkQuantizer(this, [-8, 7]);
  }

  override get policyMode(): string {
    return `int4/${this.block_size ?? -1}`;
  }

  /** A config without a size is one of before there were blocks. */
  static override fromConfig<T>(
    this: new (
      options: never,
    ) => T,
    config: object,
    options: DeserializeOptions = {},
  ): T {
    const whole = isPlain(config) && !("block_size" in config) ? { ...config, block_size: null } : config;
    return super.fromConfig.call(this as never, whole, options) as T;
  }
}

/** Floats of 8 bits in training. Source: Keras 3.15 `quantizers/quantization_config.py`. */
export class Float8QuantizationConfig extends kerasConfig("Float8QuantizationConfig", {}) {
  override readonly mode = "float8";
}

/** Data that weights are fitted to; only what is done once needs it, and no config keeps it. */
const calibration = {
  /** What the weights are fitted to. Kept nowhere. Defaults to none. */
  dataset: opaque(null),
  /** What makes integers of the texts in `dataset`. Kept nowhere. Defaults to none. */
  tokenizer: opaque(null),
};

const aGroupSize = refine(anInteger, "a positive integer or -1", (size) => size === -1 || size > 0);

const structureField = {
  /** The layers in front of the blocks and the blocks themselves, in the order in which they are fitted. Defaults to none. */
  quantization_layer_structure: opaque(null),
};

const gptqFields = {
  ...calibration,
  /** How many bits a weight has: 2, 3, 4 or 8. Defaults to 4. */
  weight_bits: optional(
    refine(anInteger, "2, 3, 4 or 8", (bits) => [2, 3, 4, 8].includes(bits)),
    4,
  ),
  /** How many samples of `dataset` are used. Defaults to 128. */
  num_samples: positiveInt(128),
  /** Whether each unit has scales of its own. Defaults to true. */
  per_channel: bool(true),
  /** How many integers a sample has. Defaults to 512. */
  sequence_length: positiveInt(512),
  /** How much of its mean is added to the diagonal of the Hessian, from 0 to 1. Defaults to 0.01. */
  hessian_damping: floatBetween(0, 1)(0.01),
  /** How many weights of a unit share a scale; -1: all. Defaults to 128. */
  group_size: optional(aGroupSize, 128),
  /** Whether there are no zero points. Defaults to false. */
  symmetric: bool(false),
  /** Whether weights with large inputs are fitted first. Defaults to false. */
  activation_order: bool(false),
  ...structureField,
};

/** What a {@link GPTQConfig} takes. */
export interface GPTQConfigOptions extends OptionsOf<typeof gptqFields> {}

/** How weights were fitted by GPTQ. Source: Keras 3.15 `quantizers/gptq_config.py`. */
export class GPTQConfig extends kerasConfig("GPTQConfig", gptqFields)<GPTQConfigOptions> {
  override readonly mode = "gptq";

  override get policyMode(): string {
    return `gptq/${this.weight_bits}/${this.group_size}`;
  }
}

const awqFields = {
  ...calibration,
  /** How many bits a weight has: 4. Defaults to 4. */
  weight_bits: optional(
    refine(anInteger, "4", (bits) => bits === 4),
    4,
  ),
  /** How many samples of `dataset` are used. Defaults to 128. */
  num_samples: positiveInt(128),
  /** How many integers a sample has. Defaults to 512. */
  sequence_length: positiveInt(512),
  /** How many weights of a unit share a scale; -1: all. Defaults to 128. */
  group_size: optional(aGroupSize, 128),
  /** How many scales are tried. Defaults to 20. */
  num_grid_points: positiveInt(20),
  ...structureField,
};

/** What an {@link AWQConfig} takes. */
export interface AWQConfigOptions extends OptionsOf<typeof awqFields> {}

/** How weights were fitted by AWQ. Source: Keras 3.15 `quantizers/awq_config.py`. */
export class AWQConfig extends kerasConfig("AWQConfig", awqFields)<AWQConfigOptions> {
  override readonly mode = "awq";

  override get policyMode(): string {
    return `awq/${this.weight_bits}/${this.group_size}`;
  }
}

function pathOf({ constructor: { className } }: Configurable): string {
  return currentReading()?.path ?? className;
}

/** A quantizer of weights gives int8 within the bits that they have. */
function checkQuantizer(config: QuantizationConfig, [least, most]: readonly [number, number]): void {
  const given = config.weight_quantizer;
  if (!(given instanceof AbsMaxQuantizer)) return;
  const { output_dtype: dtype, value_range: range } = given;
  const fits = most === 127 || (range[0] === least && range[1] === most);
  if (dtype === "int8" && fits) return;
  const expected = most === 127 ? "integers of int8" : `integers of int8 from ${least} to ${most}`;
  const message = `expected ${expected}, received ${dtype} in ${inspect(range)}.`;
  throw new ConfigError(`${pathOf(config)}.weight_quantizer`, message);
}
