import { ConfigError } from "../errors.ts";
import type { Fields, OptionsOf } from "../fields/field.ts";
import { aString, type Kind, oneOf, optional, required } from "../fields/kinds.ts";
import { currentReading } from "../fields/reading.ts";
import { int } from "../fields/shorthands.ts";
import { quote } from "../json/quote.ts";
import { fitted } from "../quantizers/weights/fitted.ts";
import { float8 } from "../quantizers/weights/float8.ts";
import { int4 } from "../quantizers/weights/int4.ts";
import { int8 } from "../quantizers/weights/int8.ts";
import type { Quantization } from "../quantizers/weights/quantization.ts";
import { aPolicyName, DTypePolicy } from "./dtype-policy.ts";

const sourceField = {
  /** The name of the policy that this one is made from, such as `"float32"`. Defaults to null, the global policy's. */
  source_name: { ...optional(aPolicyName, null), property: "ownName" },
};

/** Over how many steps the largest values are remembered, where a policy does not say it. */
const historyLength = 1024;

const quantizedFields = {
  /** How the weights are quantized. */
  mode: required(oneOf("int8", "float8", "int4", "gptq", "awq")),
  ...sourceField,
};

/** A policy of layers whose weights are quantized, and of what they are beside that. */
abstract class Quantized extends DTypePolicy {
  static override readonly module = "keras.dtype_policies";
  declare readonly mode: string;

  constructor(options: object) {
    super(options);
  }

  /** The policy that this one is made from. */
  get source_name(): string {
    return this.ownName;
  }

  override get name(): string {
    return `${this.mode}_from_${this.ownName}`;
  }

  override get quantizationMode(): string {
    return this.mode.split("/")[0]!;
  }
}

/** What a {@link QuantizedDTypePolicy} takes. */
export interface QuantizedDTypePolicyOptions extends OptionsOf<typeof quantizedFields> {}

/** Weights of 8 or 4 bits: `int8_from_float32`. */
export class QuantizedDTypePolicy extends Quantized {
  static override readonly className = "QuantizedDTypePolicy";
  static override readonly fields: Fields = quantizedFields;

  constructor(options: QuantizedDTypePolicyOptions) {
    super(options);
    if (this.mode === "int8" && this.computeDtype === "float16") {
      const message = `expected a policy that does not compute in float16, which int8 does not go with, received ${quote(this.source_name)}.`;
      const path = currentReading()?.path ?? "QuantizedDTypePolicy";
      throw new ConfigError(`${path}.source_name`, message);
    }
  }

  /** Null for weights that were fitted: only a policy that has bits and sizes says how they lie. */
  override get quantization(): Quantization | null {
    switch (this.mode) {
      case "int8":
        return int8;
      case "float8":
        return float8(historyLength);
      case "int4":
        return int4(null);
      default:
        return null;
    }
  }
}

const float8Fields = {
  ...quantizedFields,
  /** Over how many steps the largest values are remembered. Defaults to 1024. */
  amax_history_length: int(historyLength),
};

/** What a {@link QuantizedFloat8DTypePolicy} takes. */
export interface QuantizedFloat8DTypePolicyOptions extends OptionsOf<typeof float8Fields> {}

/** Layers that compute with 8-bit floats: `float8_from_mixed_bfloat16`. */
export class QuantizedFloat8DTypePolicy extends Quantized {
  static override readonly className = "QuantizedFloat8DTypePolicy";
  static override readonly fields: Fields = float8Fields;
  declare readonly amax_history_length: number;

  constructor(options: QuantizedFloat8DTypePolicyOptions) {
    super(options);
  }

  override get quantization(): Quantization {
    return float8(this.amax_history_length);
  }

  protected override get identity(): string {
    return `${this.name}/${this.amax_history_length}`;
  }
}

const int4Fields = {
  /** `int4/` and the size of a block; -1: one per channel. */
  mode: required(modeOf("int4", [], "int4/<block size>")),
  ...sourceField,
};

/** What a {@link Int4DTypePolicy} takes. */
export interface Int4DTypePolicyOptions extends OptionsOf<typeof int4Fields> {}

/** Weights of 4 bits in blocks: `int4/64_from_float32`. */
export class Int4DTypePolicy extends Quantized {
  static override readonly className = "Int4DTypePolicy";
  static override readonly fields: Fields = int4Fields;

  constructor(options: Int4DTypePolicyOptions) {
    super(options);
  }

  /** How many weights share a scale; -1: a channel. */
  get blockSize(): number {
    return numbersIn(this.mode)[0]!;
  }

  override get quantization(): Quantization {
    return int4(this.blockSize === -1 ? null : this.blockSize);
  }
}

/** A policy whose weights are quantized in groups that share a scale; its mode ends with bits and size. */
abstract class Grouped extends Quantized {
  get weightBits(): number {
    return numbersIn(this.mode)[0]!;
  }

  /** How many weights share a scale; -1: a whole tensor (GPTQ) or channel (AWQ). */
  get groupSize(): number {
    return numbersIn(this.mode)[1]!;
  }
}

const gptqFields = {
  /** `gptq/`, the bits of a weight and the size of a group; -1: the whole tensor. */
  mode: required(modeOf("gptq", [2, 3, 4, 8], "gptq/<2, 3, 4 or 8 bits>/<group size>")),
  ...sourceField,
};

/** What a {@link GPTQDTypePolicy} takes. */
export interface GPTQDTypePolicyOptions extends OptionsOf<typeof gptqFields> {}

/** Weights quantized by GPTQ: `gptq/4/128_from_float32`. */
export class GPTQDTypePolicy extends Grouped {
  static override readonly className = "GPTQDTypePolicy";
  static override readonly fields: Fields = gptqFields;

  constructor(options: GPTQDTypePolicyOptions) {
    super(options);
  }

  override get quantization(): Quantization {
    return fitted({ mode: "gptq", bits: this.weightBits, groupSize: this.groupSize });
  }
}

const awqFields = {
  /** `awq/4/` and the size of a group; -1: one per channel. */
  mode: required(modeOf("awq", [4], "awq/4/<group size>")),
  ...sourceField,
};

/** What a {@link AWQDTypePolicy} takes. */
export interface AWQDTypePolicyOptions extends OptionsOf<typeof awqFields> {}

/** Weights quantized by AWQ: `awq/4/128_from_float32`. */
export class AWQDTypePolicy extends Grouped {
  static override readonly className = "AWQDTypePolicy";
  static override readonly fields: Fields = awqFields;

  constructor(options: AWQDTypePolicyOptions) {
    super(options);
  }

  override get quantization(): Quantization {
    return fitted({ mode: "awq", bits: this.weightBits, groupSize: this.groupSize });
  }
}

const ternaryFields = {
  /** How the weights are quantized: there is one way. */
  mode: required(oneOf("ternary")),
  ...sourceField,
};

/** What a {@link TernaryDTypePolicy} takes. */
export interface TernaryDTypePolicyOptions extends OptionsOf<typeof ternaryFields> {}

/** Weights of -1, 0 and 1: `ternary_from_float32`. */
export class TernaryDTypePolicy extends Quantized {
  static override readonly className = "TernaryDTypePolicy";
  static override readonly fields: Fields = ternaryFields;

  constructor(options: TernaryDTypePolicyOptions) {
    super(options);
  }
}

/** A mode with numbers behind slashes: how many bits, unless `bits` is empty, then a size above 0 or -1. */
function modeOf(name: string, bits: readonly number[], format: string): Kind<string, string> {
  const expected = quote(format);
  return {
    ...aString,
    expected,
    parse(input, problems) {
      const mode = input === "int4/None" ? "int4/-1" : input;
      const [base, ...rest] = typeof mode === "string" ? mode.split("/") : [];
      const numbers = rest.map((part) => (/^-?\d+$/.test(part) ? Number(part) : Number.NaN));
      const size = numbers.at(-1) ?? 0;
      const fits =
        base === name &&
        numbers.length === (bits.length > 0 ? 2 : 1) &&
        (bits.length === 0 || bits.includes(numbers[0]!)) &&
        (size > 0 || size === -1);
      return fits ? `${name}/${numbers.join("/")}` : problems.expected(expected, input);
    },
  };
}

function numbersIn(mode: string): number[] {
  return mode.split("/").slice(1).map(Number);
}
