import type { DTypePolicy } from "../dtype-policies/dtype-policy.ts";
import { getPolicy, globalPolicy, type PolicyLike } from "../dtype-policies/policy.ts";
import { ConfigError } from "../errors.ts";
import type { Fields } from "../fields/field.ts";
import { keyLeftOut } from "../fields/writing.ts";
import { placeOf } from "../graph/graph.ts";
import { isDict } from "../graph/nested.ts";
import { copyJson } from "../json/copy.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import type { KeepsState, KeptState } from "../program/kept-state.ts";
import { missingCode } from "../registry/opaque.ts";
import { baseFields, Layer } from "./layer.ts";

/**
 * A layer of a class that nobody here knows, or that has such a class inside: it keeps its config, its weights and its
 * place in the graph, so that a model can be looked at, renamed and saved without its code. Only running it is an error.
 * Made where a config is read with `onUnknown`.
 */
export class OpaqueLayer extends Layer implements KeepsState {
  static override readonly className: string = "OpaqueLayer";
  static override readonly module = "ceratops";
  static override readonly fields: Fields = { name: baseFields.name };
  static override readonly isBuiltAtOnce = true;

  readonly envelope: JsonObject;
  readonly keptClassName: string;
  /** What its file has of it; which of it training changes no file says. */
  keptState: KeptState | null;
  readonly #missing: readonly string[];

  constructor(options: Whole | JsonObject) {
    const { envelope, missing, keptState = null } = whole(options);
    const config = configIn(envelope);
    const name = config.name ?? envelope.name;
    super(typeof name === "string" ? { name } : {});
    this.envelope = envelope;
    this.keptClassName = String(envelope.class_name);
    this.#missing = missing ?? [this.keptClassName];
    this.setOwnTrainable(config.trainable !== false);
    Object.defineProperty(this, "dtype_policy", { value: policyIn(config), enumerable: false });
    this.keptState = keptState;
  }

  override sublayers(): Layer[] {
    return [];
  }

  override get missingCode(): readonly string[] {
    return this.#missing;
  }

  override getConfig(): JsonObject {
    const read = configIn(this.envelope);
    const own = typeof read.name === "string" ? { name: this.name } : {};
    const config = Object.assign(copyJson(read, keyLeftOut()), own);
    // Fresh weights cannot be made without the code: a copy keeps those there are.
    const kept: Whole = {
      envelope: { ...this.envelope, config: Object.assign(copyJson(read), own) },
      missing: this.#missing,
      keptState: this.keptState,
    };
    setAbout(config, kept);
    return config;
  }

  protected override compute(): never {
    throw missingCode(placeOf(this), this.#missing);
  }
}

interface Whole {
  readonly envelope: JsonObject;
  /** The classes that are not known. Defaults to that of the envelope. */
  readonly missing?: readonly string[] | undefined;
  readonly keptState?: KeptState | null;
}

/** The envelope of an opaque layer, from its options or from the config that one like it wrote. */
function whole(options: object): Whole {
  if ("envelope" in options && isDict(options.envelope)) return options as Whole;
  const about = aboutOf(options);
  if (about && "envelope" in about) return about as Whole;
  throw new ConfigError(
    "OpaqueLayer",
    `expected the envelope of an unknown class, received ${inspect(options)}.`,
  );
}

/** The policy that a config names, as far as it is known here. */
export function policyIn({ dtype = null }: Readonly<Record<string, unknown>>): DTypePolicy {
  try {
    return getPolicy(dtype as PolicyLike);
  } catch (error) {
    if (error instanceof ConfigError) return globalPolicy();
    throw error;
  }
}

function configIn({ config }: JsonObject): JsonObject {
  return isDict(config) ? (config as JsonObject) : {};
}
