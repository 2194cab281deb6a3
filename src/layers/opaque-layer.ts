import { ModelError } from "../errors.ts";
import type { Fields } from "../fields/field.ts";
import { KerasTensor } from "../graph/keras-tensor.ts";
import type { Nested } from "../graph/nested.ts";
import { type Arguments, type Keywords, Node } from "../graph/node.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import type { Spec } from "../program/value.ts";
import type { KeepsState, KeptState } from "./kept-state.ts";
import { baseFields, Layer } from "./layer.ts";

/**
 * A layer of a class that nobody here knows: it keeps its config, its weights and its place in the graph, so that a
 * model can be looked at, renamed and saved without its code. Only running it is an error. Made where a config is
 * read with `onUnknown`.
 */
export class OpaqueLayer extends Layer implements KeepsState {
  static override readonly className: string = "OpaqueLayer";
  static override readonly module = "ceratops";
  static override readonly fields: Fields = { name: baseFields.name };
  static override readonly isBuiltAtOnce = true;

  readonly envelope: JsonObject;
  readonly keptClassName: string;
  keptState: KeptState | null = null;
  /** The shapes and dtypes of each call's outputs, as far as the file says. */
  outputSpecs: ReadonlyMap<number, readonly Spec[]> = new Map();

  constructor({ envelope }: { readonly envelope: JsonObject }) {
    const config = envelope.config as JsonObject;
    const name = config.name ?? envelope.name;
    super(typeof name === "string" ? { name } : {});
    this.envelope = envelope;
    this.keptClassName = String(envelope.class_name);
    this._trainable = config.trainable !== false;
  }

  override getConfig(): JsonObject {
    const config = copyJson(this.envelope.config as JsonObject);
    if (typeof config.name === "string") config.name = this.name;
    return config;
  }

  override run(): never {
    throw new ModelError([
      {
        path: `layer ${JSON.stringify(this.name)}`,
        message: `expected a known class, received ${JSON.stringify(this.keptClassName)}, which this program has no code for. Pass it in customObjects.`,
      },
    ]);
  }

  /** Adds the call to the graph with what the file says of its outputs; where it says nothing, they are as the input. */
  protected override symbolicCall(
    args: Arguments,
    kwargs: Keywords,
    inputs: readonly KerasTensor[],
  ): Nested<KerasTensor> {
    const node = new Node(this, args, kwargs, inputs);
    const specs = this.outputSpecs.get(node.index) ?? [inputs[0]!];
    node.outputs = specs.map((spec, i) => new KerasTensor({ shape: spec.shape, dtype: spec.dtype }, node, i));
    node.structure = node.outputs.length === 1 ? node.outputs[0]! : node.outputs;
    return node.structure;
  }
}
