import type { Step } from "../../../dialects/keras-2/tensorflow/call.ts";
import { dictOf, historyOf, type Part } from "../../../dialects/keras-2/tensorflow/part.ts";
import { invariant, ModelError } from "../../../errors.ts";
import { NO_KEYWORDS, type Operation } from "../../../graph/graph.ts";
import { isDict } from "../../../graph/nested.ts";
import { inspect } from "../../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../../json/json.ts";
import { quote } from "../../../json/quote.ts";
import { opClasses } from "../../../ops/classes.ts";
import { Float } from "../../../ops/float.ts";
import { ellipsis, Slice } from "../../../registry/literals.ts";
import type { RevivableClass } from "../../../registry/registry.ts";
import { fromNested, type NestedArray } from "../../../tensor/create.ts";
import { isDType } from "../../../tensor/dtype.ts";
import { Flatten } from "../../reshaping/flatten.ts";
import { Reshape } from "../../reshaping/reshape.ts";
import type { GivenArguments } from "./arguments.ts";

type Classes = ReadonlyMap<string, RevivableClass>;

let known: Classes | undefined;

/** The classes of operations by where they are: `numpy.Add`. */
function classes(): Classes {
  known ??= new Map<string, RevivableClass>([
    ...opClasses().map((cls): [string, RevivableClass] => [`${cls.module}.${cls.className}`, cls]),
    ["layer.Flatten", Flatten],
    ["layer.Reshape", Reshape],
  ]);
  return known;
}

/**
 * Computes the operations that a call becomes, one after the other, or calls them on tensors of a graph; gives what the last
 * one gives, which has the name.
 */
export function computeSteps(steps: readonly Step[], given: GivenArguments, name: string): unknown {
  const results: unknown[] = [];
  for (const { path, args, config, kwargs } of steps) {
    const cls = classes().get(path.startsWith("layer.") ? path : `keras.src.ops.${path}`);
    invariant(cls, `no operation is called ${path}`);
    // Older versions have some options in the call that newer ones have in the config.
    const inConfig = Object.entries(kwargs).filter(([key]) => Object.hasOwn(cls.fields, key));
    const isLast = results.length === steps.length - 1;
    const own = isLast
      ? name
      : `${name}.${path.slice(path.indexOf(".") + 1).toLowerCase()}_${results.length}`;
    const options = { name: own, ...dictOf(config), ...dictOf(Object.fromEntries(inConfig)) };
    const operation = cls.fromConfig(options as never) as Operation;
    const real = (value: JsonValue): unknown => realValue(value, { given, results, name });
    const named = Object.entries(kwargs)
      .filter(([key]) => !Object.hasOwn(cls.fields, key))
      .map(([key, { value }]) => [key, real(value)]);
    results.push(
      operation.invoke(
        args.map((part) => realPart(part, real)),
        named.length === 0 ? NO_KEYWORDS : Object.fromEntries(named),
      ),
    );
  }
  return results.at(-1);
}

function realPart({ value, isFloat }: Part, real: (value: JsonValue) => unknown): unknown {
  return isFloat ? new Float(value as number) : real(value);
}

/** What a step can take: what the layer was given, and the results of the steps before. */
interface Around {
  readonly given: GivenArguments;
  readonly results: readonly unknown[];
  readonly name: string;
}

/** What stands for a value in a call: a tensor that was given or is the result of a step, an array, a slice. */
function realValue(value: JsonValue, around: Around): unknown {
  const { given, results, name: layer } = around;
  const real = (item: JsonValue) => realValue(item, around);
  const history = historyOf(value);
  if (history) {
    const [step, , tensor] = history;
    if (typeof step !== "number") return given.tensorAt(value);
    const result = results[step];
    return Array.isArray(result) ? result[Number(tensor)] : result;
  }
  if (Array.isArray(value)) return value.map(real);
  if (!isDict(value)) return value;
  const { class_name: name, config } = value as JsonObject;
  if (name === "__ellipsis__") return ellipsis;
  const isArray = name === "__numpy__" && isDict(config) && config.value !== undefined;
  if (!isArray && !(name === "__slice__" && isDict(config)))
    throw new ModelError(
      `layer ${quote(layer)}`,
      `expected a call on tensors, numbers and slices, received ${inspect(value)}.`,
    );
  const { start, stop, step, value: array, dtype } = config as JsonObject;
  if (name === "__slice__") return new Slice(start as number, stop as number, step as number);
  return fromNested(array as NestedArray, isDType(dtype) ? dtype : undefined);
}
