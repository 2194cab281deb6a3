import { findEngine } from "../engines/onnxruntime/index.ts";
import { reference, useReference } from "../engines/reference/index.ts";
import { ModelError } from "../errors.ts";
import type { CallArgument, KerasTensor } from "../graph/graph.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import { checkOption, checkOptions, type OptionKind } from "../json/check-options.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { Layer } from "../layers/layer.ts";
import { cloneModel } from "../models/clone-model.ts";
import { Functional } from "../models/functional.ts";
import type { CustomObjects } from "../registry/registry.ts";
import { modelFromJson } from "../revive.ts";
import { formatShape, isShape, type Shape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkConfig, revive } from "./check-config.ts";
import { checkSame, checkShapes, tensorsOf } from "./check-values.ts";
import { failCheck } from "./failure.ts";
import { type SampleInputs, samplesOf } from "./samples.ts";

export interface CheckOptions {
  /**
   * What the layer is called on: a shape such as `[null, 3]` (the batch first, null may vary), a tensor, or lists and
   * dicts of them as it takes them.
   */
  readonly inputs: SampleInputs;
  /** Further tensors of its call, by position. */
  readonly args?: readonly SampleInputs[];
  /** Further arguments of its call, by name: `{ training: false }`. */
  readonly kwargs?: Readonly<Record<string, unknown>>;
  /** Classes and functions of yours that its config names. The class itself is known. */
  readonly customObjects?: CustomObjects;
  /** What the shape of its first output must be; null may vary. */
  readonly outputShape?: Shape;
  /** How far engines may be apart, relative to 1 plus the size of a value. Defaults to 1e-4. */
  readonly tolerance?: number;
}

const optionNames = {
  inputs: true,
  args: true,
  kwargs: true,
  customObjects: true,
  outputShape: true,
  tolerance: true,
} as const;

const kinds: readonly (readonly [keyof CheckOptions, OptionKind])[] = [
  ["args", ["a list", Array.isArray]],
  ["kwargs", ["arguments by their names", isPlain]],
  ["outputShape", ["a shape", isShape]],
  ["tolerance", ["a number", (given) => typeof given === "number"]],
];

/** What a check found. */
export interface CheckedLayer {
  readonly outputShapes: readonly Shape[];
  readonly weightShapes: readonly Shape[];
  /** The engines that gave the same values: the reference engine, and ONNX Runtime where it is installed. */
  readonly engines: readonly string[];
}

/**
 * Checks a layer of one's own as every built-in one is checked: from constructor to config, text, a second layer, a
 * clone, shapes, and values on every engine. Rejects with a {@link ModelError} that says what does not hold. Needs no
 * test framework.
 *
 * @example
 * await checkLayer(() => new Scale({ factor: 2 }), { inputs: [null, 4], outputShape: [null, 4] });
 */
export async function checkLayer(make: () => Layer, options: CheckOptions): Promise<CheckedLayer> {
  useReference();
  if (typeof make !== "function") {
    throw new ModelError("checkLayer", `expected a function that makes a layer, received ${inspect(make)}.`);
  }
  checkOptions("checkLayer", options, optionNames);
  for (const [name, kind] of kinds) checkOption("checkLayer", options, name, kind);
  const { kwargs } = options;
  const args = options.args ?? [];
  const tolerance = options.tolerance ?? 1e-4;
  const layer = made(make);
  if (made(make) === layer) failCheck(layer, "expected a new layer each time, received the same one again.");
  const customObjects = withOwnClass(layer, options.customObjects);
  checkConfig(layer, customObjects);

  const isOne = args.length === 0;
  const { values, inputs } = samplesOf(isOne ? options.inputs : [options.inputs, ...args]);
  const apply = (of: Layer, on: Nested<KerasTensor | Tensor>): unknown =>
    // at most a few: what the author of a layer wrote
    of.apply(...(isOne ? [on] : (on as readonly CallArgument[])), ...(kwargs ? [kwargs] : []));
  const outputs = apply(layer, inputs) as Nested<KerasTensor>;
  const promised = flatten(outputs);
  checkOutputShape(layer, promised[0]?.shape, options.outputShape);
  const call = (of: Layer, what: string) => tensorsOf(layer, apply(of, values), what);
  const expected = call(layer, "a call on tensors");
  checkShapes(layer, expected, promised);

  const revived = revive(layer, customObjects);
  call(revived, "a revived layer");
  checkWeights(layer, revived, "a revived layer");
  revived.setWeights(layer.getWeights());
  checkSame(layer, "a revived layer", call(revived, "a revived layer"), expected);

  const model = new Functional({ inputs, outputs });
  const copy = cloneModel(model, { weights: "copy" });
  const text = model.toJson();
  if (copy.toJson() !== text) failCheck(layer, "a clone: expected the same text, received another.");
  if (copy.weights.some((weight) => model.weights.includes(weight)))
    failCheck(layer, "a clone: expected weights of its own, received the original's.");
  const again = modelFromJson(text, { customObjects });
  again.setWeights(model.getWeights());
  for (const [what, other] of Object.entries({ "a clone": copy, "a model from its text": again }))
    checkSame(layer, what, tensorsOf(layer, other.apply(values as Tensor), what), expected);

  const engines = [reference, await findEngine()].filter((engine) => engine !== null);
  for (const engine of engines) {
    const predicted = await model.predict(values as Tensor, { engine });
    checkSame(layer, engine.name, tensorsOf(layer, predicted, engine.name), expected, tolerance);
  }
  return {
    outputShapes: promised.map(({ shape }) => shape),
    weightShapes: layer.weights.map(({ shape }) => shape),
    engines: engines.map(({ name }) => name),
  };
}

function made(make: () => Layer): Layer {
  const layer: unknown = make();
  if (layer instanceof Layer) return layer;
  throw new ModelError(
    "checkLayer",
    `expected a function that makes a layer, received one that makes ${inspect(layer)}.`,
  );
}

function withOwnClass({ constructor: cls }: Layer, customObjects: CustomObjects = {}): CustomObjects {
  if (cls.module !== null) return customObjects;
  return { [cls.registeredName ?? cls.className]: cls as never, ...customObjects };
}

function checkOutputShape(layer: Layer, shape: Shape | undefined, expected: Shape | undefined): void {
  if (!shape) failCheck(layer, "expected an output, received none.");
  if (expected && !sameShape(shape, expected))
    failCheck(layer, `expected output shape ${formatShape(expected)}, received ${formatShape(shape)}.`);
}

function checkWeights(layer: Layer, other: Layer, what: string): void {
  const [expected, received] = [layer, other].map(({ weights }) =>
    weights.map(({ name, shape, dtype }) => `${name} ${dtype} ${formatShape(shape)}`).join(", "),
  );
  if (expected !== received)
    failCheck(layer, `${what}: expected the weights ${expected || "none"}, received ${received || "none"}.`);
}
