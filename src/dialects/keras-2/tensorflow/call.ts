import type { JsonArray, JsonObject, JsonValue } from "../../../json/json.ts";
import { isDict } from "../../change.ts";
import { dtypeAfter } from "./dtypes.ts";
import { arrayOf, dictOf, historyOf, isNumberList, type Part, part, partAt, tensorOf } from "./part.ts";

/** One operation of Keras 3 that a call of TensorFlow becomes, or one of several. */
export interface Step {
  /** Where its class is, as `numpy.Add`, and what it is called. */
  readonly path: string;
  readonly args: readonly Part[];
  readonly config: Readonly<Record<string, Part>>;
  readonly kwargs: Readonly<Record<string, Part>>;
}

/** What is known of a graph beyond the call. */
export interface Surroundings {
  /** The dtype of a tensor; null where it is not known. */
  dtypeOf(history: JsonArray): string | null;
  /** The tensor whose shape a tensor is; null where it is none. */
  shapeOf(history: JsonArray): Part | null;
  /** The tensor of whose shape a tensor is one size, and the axis; null where it is none. */
  sizeOf(history: JsonArray): { readonly of: Part; readonly axis: number } | null;
}

/** One call of a function of TensorFlow: its arguments, and the operations that it becomes. */
export class Call {
  /** The first argument: a tensor, a constant, or a list of them. */
  readonly x: Part;
  readonly steps: Step[] = [];
  readonly about: Surroundings;
  readonly #kwargs: JsonObject;
  readonly #dtypes: (string | null)[] = [];

  constructor(x: Part, kwargs: JsonObject, about: Surroundings) {
    this.x = x;
    this.#kwargs = kwargs;
    this.about = about;
  }

  /** An argument by its name. */
  part(key: string, byDefault: JsonValue = null): Part {
    return this.has(key) ? partAt(this.#kwargs, key) : part(byDefault);
  }

  /** An argument's value by its name. */
  value(key: string, byDefault: JsonValue = null): JsonValue {
    return this.part(key, byDefault).value;
  }

  /** Whether an argument was given and is not null. */
  has(key: string): boolean {
    return Object.hasOwn(this.#kwargs, key) && this.#kwargs[key] !== null;
  }

  /** The argument under the first of these names that was given. */
  any(...keys: string[]): Part {
    return this.part(keys.find((key) => this.has(key)) ?? keys[0]!);
  }

  /** The dtype of an argument; null where it is not known, and for numbers, which follow what they meet. */
  dtypeOf({ value }: Part): string | null {
    const history = historyOf(value);
    if (history)
      return typeof history[0] === "number" ? this.#dtypes[history[0]]! : this.about.dtypeOf(history);
    if (Array.isArray(value) && !isNumberList(value)) return this.dtypeOf(part(value[0] ?? null));
    return isDict(value) && isDict(value.config) && typeof value.config.dtype === "string"
      ? value.config.dtype
      : null;
  }

  /** One more operation; gives its first output. Lists of numbers among its arguments are tensors, those in an index are places. */
  emit(
    path: string,
    args: readonly Part[],
    config: Readonly<Record<string, Part | JsonValue>> = {},
    kwargs: Readonly<Record<string, Part | JsonValue>> = {},
  ): Part {
    const floats = args.map((arg) => this.dtypeOf(arg)).find((dtype) => dtype?.includes("float"));
    const hasIndex = path === "numpy.GetItem";
    const tensors = args.map(({ value, isFloat }, i) => {
      if (isNumberList(value) && !(hasIndex && i === 1)) return part(arrayOf(value, floats ?? "float32"));
      return { value, isFloat };
    });
    const step = { path, args: tensors, config: parts(config), kwargs: parts(kwargs) };
    const options = { ...dictOf(step.config), ...dictOf(step.kwargs) };
    this.#dtypes.push(
      dtypeAfter(
        path,
        tensors.map((tensor) => this.dtypeOf(tensor)),
        options,
      ),
    );
    // Its number stands for its name until all are known.
    return part(tensorOf([this.steps.push(step) - 1, 0, 0]));
  }

  /** The dtype of what it gives; null where it is not known. */
  get dtype(): string | null {
    return this.#dtypes.at(-1) ?? null;
  }
}

function parts(record: Readonly<Record<string, Part | JsonValue>>): Record<string, Part> {
  const entries = Object.entries(record).map(([key, value]): [string, Part] => [
    key,
    isPart(value) ? value : part(value),
  ]);
  return Object.fromEntries(entries);
}

function isPart(value: Part | JsonValue): value is Part {
  return isDict(value as JsonValue) && "isFloat" in (value as object);
}

/** How a function's calls become operations; a text says why one cannot. */
export type Row = (call: Call) => string | undefined;

/** Functions of TensorFlow by the names they have behind `tf.`. */
export type Rows = Readonly<Record<string, Row>>;
