import type { Surroundings } from "../../../dialects/keras-2/tensorflow/call.ts";
import { Call } from "../../../dialects/keras-2/tensorflow/call.ts";
import { historyOf, type Part, partAt, tensorOf } from "../../../dialects/keras-2/tensorflow/part.ts";
import { isDict } from "../../../graph/nested.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../../json/json.ts";
import { copyMarks, markFloat } from "../../../json/marks.ts";
import { Float } from "../../../ops/float.ts";
import { isOperand } from "../../../ops/operands.ts";
import { dtypeOf, type Operand } from "../../../program/emit.ts";

/** Stands for the name of a layer where a tensor is one that is given. */
const GIVEN = "";

/** A call's arguments as JSON in which its tensors are named by their places. */
export class GivenArguments implements Surroundings {
  readonly operands: Operand[] = [];
  readonly call: Call;

  constructor(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) {
    const named = this.#named(args) as JsonArray;
    const first: Part = named.length > 0 ? partAt(named, 0) : { value: null, isFloat: false };
    this.call = new Call(first, this.#named(kwargs) as JsonObject, this);
  }

  #named(value: unknown): JsonValue {
    if (isOperand(value)) return tensorOf([GIVEN, this.operands.push(value) - 1, 0]);
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

  /** The tensor that a value of the call names; undefined where it is none. */
  operandAt(value: JsonValue): Operand | undefined {
    const history = historyOf(value);
    return history?.[0] === GIVEN ? this.operands[Number(history[1])] : undefined;
  }

  dtypeOf([, place]: JsonArray): string | null {
    const operand = this.operands[Number(place)];
    return operand ? dtypeOf(operand) : null;
  }

  shapeOf(): null {
    return null;
  }

  sizeOf(): null {
    return null;
  }
}
