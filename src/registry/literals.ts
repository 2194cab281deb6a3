import { ConfigError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { fromNested, type NestedArray, toNested } from "../tensor/create.ts";
import { type DType, isDType, isFloat } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { markNumpy, tensorKind } from "./memory.ts";
import { markFloatsDeep } from "./numbers.ts";

/** How an object writes itself into a config, where it is more than its class and its own config. */
export const toWire: unique symbol = Symbol("ceratops.toWire");

/** Something that writes itself. */
export interface Wired {
  [toWire](): JsonValue;
}

/** A place in a slice: an integer, or null where it is left open. Keras also writes arrays, which no index takes. */
type Bound = number | bigint | Tensor | null;

/** Python's `slice(start, stop, step)`, as in `x[:, 1:3]`; null is left open. */
export class Slice {
  readonly start: Bound;
  readonly stop: Bound;
  readonly step: Bound;

  constructor(start: Bound = null, stop: Bound = null, step: Bound = null) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** `slice(1, 3)` is Python's `1:3`, `slice()` is `:`. */
export function slice(start: Bound = null, stop: Bound = null, step: Bound = null): Slice {
  return new Slice(start, stop, step);
}

/** The class of `ellipsis`; no plain object, so that it is a leaf of nested arguments. */
class Ellipsis {
  readonly isEllipsis = true;
}

/** Python's `...` in an index. */
export const ellipsis = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ new Ellipsis());

/** What reads the parts of a literal, and says what is wrong in its config. */
export interface LiteralReader {
  deserialize(json: unknown): unknown;
  expected(key: string, expected: string, received: unknown): never;
}

/** A kind of value that JSON does not have and that Python writes as an envelope without a module. */
interface Literal<T> {
  readonly className: string;
  is(value: unknown): value is T;
  /** The envelope's config. */
  write(value: T, serialize: (part: unknown) => JsonValue): JsonValue;
  read(config: JsonObject, reader: LiteralReader): T;
}

const aSlice: Literal<Slice> = {
  className: "__slice__",
  is: (value) => value instanceof Slice,
  write: ({ start, stop, step }, serialize) => serialize({ start, stop, step }),
  read(config, reader) {
    const bound = (key: "start" | "stop" | "step"): Bound => {
      const value = reader.deserialize(config[key]);
      if (value === null || typeof value === "bigint" || value instanceof Tensor) return value;
      if (typeof value === "number" && Number.isInteger(value)) return value;
      return reader.expected(key, "an integer or null", value);
    };
    return new Slice(bound("start"), bound("stop"), bound("step"));
  },
};

const anEllipsis: Literal<Ellipsis> = {
  className: "__ellipsis__",
  is: (value) => value instanceof Ellipsis,
  write: () => ({}),
  read: () => ellipsis,
};

const someBytes: Literal<Uint8Array> = {
  className: "__bytes__",
  is: (value) => value instanceof Uint8Array,
  write: (bytes) => ({ value: textOf(bytes) }),
  read: ({ value }, reader) =>
    typeof value === "string" ? new TextEncoder().encode(value) : reader.expected("value", "a string", value),
};

/** Bytes as Keras writes them: as the text they are in UTF-8. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigError("serialize", `expected bytes of UTF-8 text, received ${inspect(bytes)}.`, {
      cause,
    });
  }
}

const aTensor: Literal<Tensor> = {
  className: "__tensor__",
  is: (value): value is Tensor => value instanceof Tensor && tensorKind(value) === "__tensor__",
  write(tensor) {
    const config: JsonObject = { value: toNested(tensor) as JsonValue, dtype: tensor.dtype };
    if (isFloat(tensor.dtype)) markFloatsDeep(null, config, "value");
    return config;
  },
  read: ({ value, dtype }, reader) => fromNested(value as NestedArray, dtypeIn(dtype, reader)),
};

const aNumpyArray: Literal<Tensor> = {
  className: "__numpy__",
  is: (value): value is Tensor => value instanceof Tensor && tensorKind(value) === "__numpy__",
  write: aTensor.write,
  read(config, reader) {
    const tensor = aTensor.read(config, reader);
    markNumpy(tensor);
    return tensor;
  },
};

function dtypeIn(dtype: unknown, reader: LiteralReader): DType {
  return isDType(dtype) ? dtype : reader.expected("dtype", "a dtype", dtype);
}

const literals: readonly Literal<unknown>[] = [aSlice, anEllipsis, someBytes, aTensor, aNumpyArray];

/** The JSON form of a literal, where a value is one. NumPy's numbers are numbers. */
export function writeLiteral(value: unknown, serialize: (part: unknown) => JsonValue): JsonValue | undefined {
  const literal = literals.find(({ is }) => is(value));
  if (!literal) return undefined;
  if (literal === aNumpyArray && (value as Tensor).shape.length === 0)
    return toNested(value as Tensor) as JsonValue;
  return { class_name: literal.className, config: literal.write(value, serialize) };
}

/** The value that stands in an envelope of this class; undefined where the class is none of a literal. */
export function readLiteral(name: string, config: JsonObject, reader: LiteralReader): unknown {
  return literals.find(({ className }) => className === name)?.read(config, reader);
}
