import { ConfigError } from "../errors.ts";
import type { Fields } from "../fields/field.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { type Arguments, connect, type Keywords, tensorsIn } from "../graph/graph.ts";
import { isDict, type Nested } from "../graph/nested.ts";
import { copyJson } from "../json/copy.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import { type Spec, Value } from "../program/value.ts";
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
  keptState: KeptState | null;
  /** The shapes and dtypes of each call's outputs, as far as the file says. */
  outputSpecs: ReadonlyMap<number, readonly Spec[]>;

  constructor(options: { readonly envelope: JsonObject } | JsonObject) {
    const { envelope, keptState = null, outputSpecs = new Map() } = whole(options);
    const config = envelope.config as JsonObject;
    const name = config.name ?? envelope.name;
    super(typeof name === "string" ? { name } : {});
    this.envelope = envelope;
    this.keptState = keptState;
    this.outputSpecs = outputSpecs;
    this.keptClassName = String(envelope.class_name);
    this.setOwnTrainable(config.trainable !== false);
  }

  override getConfig(): JsonObject {
    const config = copyJson(this.envelope.config as JsonObject);
    if (typeof config.name === "string") config.name = this.name;
    // Fresh weights cannot be made without the code: a copy keeps those there are.
    setAbout(config, {
      envelope: { ...this.envelope, config },
      keptState: this.keptState,
      outputSpecs: this.outputSpecs,
    });
    return config;
  }

  /** Adds the call to the graph with what the file says of its outputs; where it says nothing, they are as the input. */
  override invoke(args: Arguments, kwargs: Keywords): Nested<KerasTensor> {
    const inputs = tensorsIn(args, kwargs);
    const [first] = inputs;
    if (!first) {
      const name = JSON.stringify(this.keptClassName);
      const help = "which this program has no code for. Pass it in customObjects.";
      throw this.problem(`expected a known class, received ${name}, ${help}`);
    }
    const specs = this.outputSpecs.get(this.inboundNodes.length) ?? [first];
    const values = specs.map(({ shape, dtype }) => new Value(shape, dtype));
    return connect(this, args, kwargs, inputs, values.length === 1 ? values[0] : values);
  }
}

interface Whole {
  readonly envelope: JsonObject;
  readonly keptState?: KeptState | null;
  readonly outputSpecs?: ReadonlyMap<number, readonly Spec[]>;
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
