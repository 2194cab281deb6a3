import { ConfigError } from "../errors.ts";
import type { Fields } from "../fields/field.ts";
import { keyLeftOut } from "../fields/writing.ts";
import { placeOf } from "../graph/graph.ts";
import { isDict } from "../graph/nested.ts";
import { copyJson } from "../json/copy.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import { baseFields, type Layer } from "../layers/layer.ts";
import { OpaqueLayer, policyIn } from "../layers/opaque-layer.ts";
import { type KeepsState, KeptState } from "../program/kept-state.ts";
import { missingCode, OpaqueObject } from "../registry/opaque.ts";
import { Model } from "./model.ts";

/**
 * A model of a class that nobody here knows and whose config does not list its layers: a VAE, a GAN, a model of physics.
 * Its layers are what its file has weights of. Made where a file is read with `onUnknown`.
 */
export class OpaqueModel extends Model implements KeepsState {
  static override readonly className: string = "OpaqueModel";
  static override readonly module: string = "ceratops";
  static override readonly fields: Fields = { name: baseFields.name };
  static override readonly isBuiltAtOnce = true;

  readonly envelope: JsonObject;
  readonly keptClassName: string;
  #state: KeptState | null = null;
  #parts: readonly Layer[] = [];

  constructor(options: Whole | JsonObject) {
    const { envelope, keptState = null } = whole(options);
    const config = configIn(envelope);
    super(typeof config.name === "string" ? { name: config.name } : {});
    this.envelope = envelope;
    this.keptClassName = String(envelope.class_name);
    this.setOwnTrainable(config.trainable !== false);
    Object.defineProperty(this, "dtype_policy", { value: policyIn(config), enumerable: false });
    const { compile_config: compile } = envelope;
    if (isDict(compile) && Object.keys(compile).length > 0) this.compileFromConfig(compile as JsonObject);
    this.keptState = keptState;
  }

  /** What its file has of it. */
  get keptState(): KeptState | null {
    return this.#state;
  }

  set keptState(state: KeptState | null) {
    const optimizer = this.compiled ? state?.children.get(optimizerKey) : null;
    this.optimizerState = optimizer instanceof KeptState ? optimizer : null;
    this.#state = state && this.#withoutOptimizer(state);
    this.#parts = state ? this.#partsIn(state) : [];
  }

  override sublayers(): Layer[] {
    return [...this.#parts];
  }

  override getConfig(): JsonObject {
    const read = configIn(this.envelope);
    const own = typeof read.name === "string" ? { name: this.name } : {};
    const config = Object.assign(copyJson(read, keyLeftOut()), own);
    const envelope = { ...this.envelope, config: Object.assign(copyJson(read), own) };
    const kept: Whole = { envelope, keptState: this.keptState };
    setAbout(config, kept);
    return config;
  }

  override buildFromConfig(): void {}

  protected override compute(): never {
    throw missingCode(placeOf(this), [this.keptClassName]);
  }

  /** What a file has beside the optimizer's state, which goes with how the model was compiled. */
  #withoutOptimizer(state: KeptState): KeptState {
    const children = new Map(state.children);
    if (!this.optimizerState) children.delete(optimizerKey);
    return new KeptState(children, state.attributes);
  }

  /** Layers of the parts of the file that have weights; lists of layers stand there as groups. */
  #partsIn(state: KeptState): Layer[] {
    return [...state.children].flatMap(([key, child]) => {
      if (!(child instanceof KeptState) || key === optimizerKey || key === "vars") return [];
      return isLayer(child) ? [this.#part(child, key)] : this.#partsIn(child);
    });
  }

  #part(group: KeptState, key: string): OpaqueLayer {
    const said = configIn(this.envelope)[key];
    const name = nameOf(group) ?? key;
    const class_name = isDict(said) && typeof said.class_name === "string" ? said.class_name : "?";
    const part = new OpaqueLayer({ envelope: { class_name, config: { name } } });
    part.keptState = group;
    return part;
  }
}

/** A model for what a file has in place of one, where its class is not known; else an error. */
export function asModel(found: unknown, path: string): Model {
  if (found instanceof Model) return found;
  if (found instanceof OpaqueLayer || found instanceof OpaqueObject) {
    return new OpaqueModel({ envelope: found.envelope });
  }
  throw new ConfigError(path, `expected a model, received ${inspect(found)}.`);
}

const optimizerKey = "optimizer";

interface Whole {
  readonly envelope: JsonObject;
  readonly keptState?: KeptState | null;
}

function whole(options: object): Whole {
  if ("envelope" in options && isDict(options.envelope)) return options as Whole;
  const about = aboutOf(options);
  if (about && "envelope" in about) return about as Whole;
  throw new ConfigError("OpaqueModel", `expected the envelope of a model, received ${inspect(options)}.`);
}

function configIn({ config }: JsonObject): Readonly<Record<string, JsonValue>> {
  return isDict(config) ? (config as JsonObject) : {};
}

/** Whether a group is that of a layer, and not of a list of layers. */
function isLayer({ children }: KeptState): boolean {
  return children.has("vars") || children.has("layers");
}

/** The name of the layer that a group of a file is of. */
function nameOf({ children }: KeptState): string | null {
  const own = children.get("vars");
  const name = own instanceof KeptState ? own.attributes.get("name") : null;
  return typeof name === "string" ? name : null;
}
