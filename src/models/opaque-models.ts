import { keyLeftOut } from "../fields/writing.ts";
import { placeOf } from "../graph/graph.ts";
import { copyEntry, setEntry } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { keysOf, mark } from "../json/marks.ts";
import type { Layer } from "../layers/layer.ts";
import { missingCode } from "../registry/opaque.ts";
import { Functional } from "./functional.ts";
import type { FunctionalOptions } from "./model-parts.ts";
import { type StackClass, stackClass } from "./plain-class.ts";
import { Sequential } from "./sequential.ts";

const nothing: JsonObject = { class_name: "Model", config: {} };

/** What stands for a model whose class nobody here knows, though its config lists its layers. */
export interface OpaqueModel {
  /** What it was read from: written back, with the layers as they are now. */
  envelope: JsonObject;
  readonly keptClassName: string;
}

/** A model of an unknown class over a graph: its layers can be looked at; what it computes only its class knows. */
export class OpaqueFunctional extends Functional implements OpaqueModel {
  static override readonly className: string = "OpaqueFunctional";
  static override readonly module: string = "ceratops";
  #envelope: JsonObject = nothing;

  constructor({ inputs, outputs, name, trainable }: FunctionalOptions) {
    super({ inputs, outputs, name, trainable });
  }

  get envelope(): JsonObject {
    return this.#envelope;
  }

  set envelope(read: JsonObject) {
    this.#envelope = read;
  }

  get keptClassName(): string {
    return String(this.envelope.class_name);
  }

  override handOn = (copy: Layer): void => takeEnvelope(copy, this);

  override getConfig(): JsonObject {
    return withKeysOf(this.envelope, super.getConfig());
  }

  protected override compute(): never {
    throw missingCode(placeOf(this), [this.keptClassName]);
  }
}

/** A model of an unknown class over a stack of layers. */
export class OpaqueSequential extends Sequential implements OpaqueModel {
  static override readonly className: string = "OpaqueSequential";
  static override readonly module: string = "ceratops";
  #envelope: JsonObject = nothing;

  get envelope(): JsonObject {
    return this.#envelope;
  }

  set envelope(read: JsonObject) {
    this.#envelope = read;
  }

  get keptClassName(): string {
    return String(this.envelope.class_name);
  }

  /** An unknown class is written back. */
  override get [stackClass](): StackClass {
    return OpaqueSequential;
  }

  override handOn = (copy: Layer): void => takeEnvelope(copy, this);

  /** What else its config says belongs to its class. */
  override restore({ trainable = true }: JsonObject): void {
    this.setOwnTrainable(trainable === true);
  }

  override getConfig(): JsonObject {
    return withKeysOf(this.envelope, super.getConfig());
  }

  protected override compute(): never {
    throw missingCode(placeOf(this), [this.keptClassName]);
  }
}

/** What may be otherwise than it was read. */
const graphKeys: ReadonlySet<string> = new Set([
  "name",
  "trainable",
  "layers",
  "input_layers",
  "output_layers",
  "build_input_shape",
]);

/** A copy is of the same class, which its config does not say. */
function takeEnvelope(copy: Layer, { envelope }: OpaqueModel): void {
  Object.assign(copy, { envelope });
}

/** A config in the order of that which was read, with what only its class knows. */
function withKeysOf({ config }: JsonObject, now: JsonObject): JsonObject {
  const read = config as JsonObject;
  const whole: JsonObject = {};
  for (const key of keysOf(read)) {
    if (graphKeys.has(key) && Object.hasOwn(now, key)) setEntry(whole, key, now[key]!);
    else copyEntry(read, whole, key, keyLeftOut());
  }
  mark(whole);
  return whole;
}
