import type { Surroundings } from "../../../dialects/keras-2/tensorflow/call.ts";
import { Call } from "../../../dialects/keras-2/tensorflow/call.ts";
import { historyOf, type Part, part, partAt, tensorOf } from "../../../dialects/keras-2/tensorflow/part.ts";
import { KerasTensor } from "../../../graph/graph.ts";
import { isDict } from "../../../graph/nested.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../../json/json.ts";
import { copyMarks, markFloat } from "../../../json/marks.ts";
import { Float } from "../../../ops/float.ts";
import { isOperand } from "../../../ops/operands.ts";
import { dtypeOf, type Operand } from "../../../program/emit.ts";
import { shapeSource, sizeSource } from "./size-sources.ts";

/** Stands for the name of a layer where a tensor is one that is given. */
const GIVEN = "";

/** A call's arguments as JSON in which its tensors are named by their places. */
export class GivenArguments implements Surroundings {
  readonly operands: (Operand | KerasTensor)[] = [];
  readonly call: Call;

  constructor(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) {
    const named = this.#named(args) as JsonArray;
    const first: Part = named.length > 0 ? partAt(named, 0) : { value: null, isFloat: false };
    this.call = new Call(first, this.#named(kwargs) as JsonObject, this);
  }

  #named(value: unknown): JsonValue {
    if (isOperand(value) || value instanceof KerasTensor) return tensorOf([GIVEN, this.#placeOf(value), 0]);
    if (value instanceof Float) return value.value;
    const isList = Array.isArray(value);
    if (!isList && !isDict(value)) return value as JsonValue;
    const copy: JsonArray | JsonObject = isList ? [] : {};
    copyMarks(value, copy);
    for (const [key, item] of Object.entries(value)) {
      (copy as JsonObject)[key] = this.#named(item);
      if (item instanceof Float) markFloat(copy, key);
    }
    return copy;
  }

  #placeOf(tensor: Operand | KerasTensor): number {
    const place = this.operands.indexOf(tensor);
    return place < 0 ? this.operands.push(tensor) - 1 : place;
  }

  /** The tensor that a value of the call names; undefined where it is none. */
  tensorAt(value: JsonValue): Operand | KerasTensor | undefined {
    const history = historyOf(value);
    return history?.[0] === GIVEN ? this.operands[Number(history[1])] : undefined;
  }

  /** The same where there are numbers to compute with. */
  operandAt(value: JsonValue): Operand | undefined {
    const tensor = this.tensorAt(value);
    return tensor instanceof KerasTensor ? undefined : tensor;
  }

  dtypeOf(history: JsonArray): string | null {
    const tensor = this.tensorAt(tensorOf(history));
    if (!tensor) return null;
    return tensor instanceof KerasTensor ? tensor.dtype : dtypeOf(tensor);
  }

  shapeOf(history: JsonArray): Part | null {
    const source = shapeSource(this.tensorAt(tensorOf(history)));
    return source ? part(this.#named(source)) : null;
  }

  sizeOf(history: JsonArray): { readonly of: Part; readonly axis: number } | null {
    const source = sizeSource(this.tensorAt(tensorOf(history)));
    return source ? { of: part(this.#named(source.of)), axis: source.axis } : null;
  }
}
