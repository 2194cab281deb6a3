import { isDict } from "../../dialects/change.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { anyJson, nullable, optional, required } from "../../fields/kinds.ts";
import { currentReading } from "../../fields/reading.ts";
import { placeOf } from "../../graph/graph.ts";
import { maskOf, setMask } from "../../graph/mask.ts";
import { flatten, mapNested, type Nested } from "../../graph/nested.ts";
import { flag, maskFor, structure, takes } from "../../graph/signature.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { Value } from "../../program/value.ts";
import { aFunction, aFunctionOrData, type FunctionOrOpaque } from "../../registry/function-field.ts";
import { provenance } from "../../registry/memory.ts";
import { MissingCode, OpaqueObject } from "../../registry/opaque.ts";
import type { AnyFunction } from "../../registry/registry.ts";
import type { Shape } from "../../tensor/shape.ts";
import { isShape } from "../building.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

type Options = Readonly<Record<string, unknown>>;

const fields = {
  /** The function: it is called with the inputs and, by name, `arguments`, `mask` and `training`. */
  function: required(aFunction),
  /** The shape of the output without the batch, or a function that gives it for the input's. Defaults to none. */
  output_shape: optional(nullable(aFunctionOrData), null, { omitIfDefault: true }),
  /** A mask for the output, or a function of inputs and mask that gives it. Defaults to none. */
  mask: optional(nullable(aFunctionOrData), null, { omitIfDefault: true }),
  /** What the function is given by name beside the inputs. Defaults to {}. */
  arguments: { ...optional(anyJson, {}), property: "functionArguments" },
};

/** What {@link Lambda} takes. */
export interface LambdaOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * A function as a layer: `function(inputs, { ...arguments, mask, training })`. Give it a name and pass it in
 * `customObjects` where a config is read. Python's own lambdas are kept as they are and cannot run here, unless
 * `customObjects` has a function for the layer: `{ "Lambda>lambda_1": (x) => ops.square(x) }`.
 * Source: Keras 3.6 `layers/core/lambda_layer.py`.
 *
 * @example
 * import { multiply, type Operand } from "ceratops/ops";
 *
 * function double(x: Operand) {
 *   return multiply(x, 2);
 * }
 * const y = new Lambda({ function: double }).apply(Input({ shape: [64] }));
 */
export class Lambda extends kerasLayer(
  "Lambda",
  fields,
  takes("inputs", { inputs: structure(), mask: maskFor("inputs"), training: flag() }),
)<LambdaOptions> {
  static override readonly supportsMasking = true;

  declare readonly functionArguments: JsonObject;
  /** The function of JavaScript that does the work; null where there is none. */
  readonly #run: AnyFunction | null = mapped(this.name) ?? runnable(this.function);

  /** A clone runs what this one runs. */
  override getConfig(): JsonObject {
    const config = super.getConfig();
    const { function: written } = config;
    // Keras 2 writes its name.
    if (this.#run && isDict(written)) provenance.setClass(written, this.#run);
    return config;
  }

  override call(inputs: Nested<Operand>, rest: Options): unknown {
    if (this.#run) return this.#run(inputs, { ...this.functionArguments, ...rest });
    const [first] = flatten(inputs);
    // What it is stated to give need not be worked out.
    if (this.#statedShape() && first instanceof Value && first.builder === null) return first;
    const key = quote(keyOf(this.name));
    throw new MissingCode(
      placeOf(this),
      `expected a function of JavaScript, received one of Python. Pass customObjects: { ${key}: (x) => … } when the config is read.`,
    );
  }

  override computeMask(inputs: Nested<Operand>, mask: Nested<Numeric | null>): unknown {
    const { mask: own } = this;
    return typeof own === "function" ? own(inputs, mask) : null;
  }

  /** Keras goes by `output_shape`, and takes the dtype to be the layer's (`compute_output_shape`, 3.6 to 3.15). */
  protected override stated(result: Nested<Value>): Nested<Value> {
    const shape = this.#statedShape();
    return mapNested(result, (value: Value) => {
      const [batch = null] = value.shape;
      const stated = new Value(shape ? [batch, ...shape] : value.shape, this.computeDtype);
      const mask = maskOf(value);
      if (mask) setMask(stated, mask);
      return stated;
    });
  }

  /** The shape that the config says the output has, without the batch; null where it says none. */
  #statedShape(): Shape | null {
    const { output_shape: said } = this;
    if (!Array.isArray(said)) return null;
    if (isShape(said)) return said;
    throw this.problem(`expected output_shape to be a shape such as [3], received ${inspect(said)}.`);
  }
}

/** Under which name `customObjects` has the function for a layer. */
function keyOf(layerName: string): string {
  return `Lambda>${layerName}`;
}

function runnable(given: FunctionOrOpaque): AnyFunction | null {
  if (!(given instanceof OpaqueObject)) return given;
  const remembered = provenance.classOf(given.envelope);
  return typeof remembered === "function" ? (remembered as AnyFunction) : null;
}

function mapped(layerName: string): AnyFunction | null {
  return currentReading()?.resolver.functionNamed(keyOf(layerName)) ?? null;
}
