import type { OptionsOf } from "../../fields/field.ts";
import { nullable, oneOf, optional } from "../../fields/kinds.ts";
import { flatten, type Nested } from "../../graph/nested.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { add, divide, multiply } from "../../ops/arithmetic.ts";
import { join } from "../../ops/joining.ts";
import { asDType } from "../../ops/operands.ts";
import { flip } from "../../ops/transposing.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { Layer } from "../layer.ts";
import { isUnknown, layer } from "../layer-field.ts";
import { optionProblem } from "../option-problem.ts";
import { type SequenceArguments, sequenceCall } from "./recurrent.ts";
import type { States } from "./rnn-loop.ts";

/** A layer that can be run in both directions: the recurrent layers, and any with their attributes. */
interface Directed extends Layer {
  readonly go_backwards: boolean;
  readonly return_sequences: boolean;
  readonly return_state: boolean;
  readonly stateful: boolean;
  zero_output_for_mask?: boolean;
  readonly states?: Nested<Variable> | null;
  resetState?(): void;
}

const merges: Readonly<Record<string, (forward: Numeric, backward: Numeric) => Numeric>> = {
  concat: (a, b) => join([a, b], -1),
  sum: (a, b) => add(a, b),
  mul: (a, b) => multiply(a, b),
  ave: (a, b) => divide(add(a, b), 2),
};

const fields = {
  /**
   * How the outputs of both directions become one: along the last axis, as their sum, product or mean; null keeps
   * them apart, in a list. Defaults to "concat".
   */
  merge_mode: optional(nullable(oneOf("sum", "mul", "concat", "ave")), "concat"),
  /** The layer that goes forwards. A given instance is copied: neither its weights nor its states are shared. */
  layer: { ...layer(), property: "forward_layer" },
  /** The layer that goes the other way: one of the two has `go_backwards`. Defaults to a copy of `layer` that does. */
  backward_layer: layer(null),
};

/** What {@link Bidirectional} takes. */
export interface BidirectionalOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Runs a recurrent layer over a sequence in both directions, each with its own weights. The first half of
 * `initial_state` is for the way forwards. Source: Keras 3.6 `layers/rnn/bidirectional.py`.
 *
 * @example
 * const y = new Bidirectional({ layer: new LSTM({ units: 8 }) }).apply(Input({ shape: [null, 3] }));
 */
export class Bidirectional extends kerasLayer("Bidirectional", fields, sequenceCall)<BidirectionalOptions> {
  static override readonly supportsMasking = true;

  declare readonly layer: never;
  declare readonly forward_layer: Directed;
  declare readonly backward_layer: Directed;

  constructor(options: BidirectionalOptions) {
    super(options);
    const given = this.forward_layer;
    const own = this as { forward_layer: Directed; backward_layer: Directed };
    if (isUnknown(given)) return;
    this.#check("layer", given);
    own.forward_layer = options.layer instanceof Layer ? copy(given, "forward_") : renamed(given, "forward_");
    own.backward_layer ??= copy(given, "backward_", { go_backwards: !given.go_backwards });
    this.#compare();
    for (const inner of [this.forward_layer, this.backward_layer]) {
      if (inner.zero_output_for_mask !== undefined) inner.zero_output_for_mask = inner.return_sequences;
    }
    this.inputSpec = given.inputSpec;
  }

  get return_sequences(): boolean {
    return this.forward_layer.return_sequences;
  }

  get return_state(): boolean {
    return this.forward_layer.return_state;
  }

  get stateful(): boolean {
    return this.forward_layer.stateful;
  }

  /** The states of both directions, if they are kept. */
  get states(): Variable[] | null {
    const { forward_layer, backward_layer } = this;
    if (!forward_layer.states || !backward_layer.states) return null;
    return [...flatten(forward_layer.states), ...flatten(backward_layer.states)];
  }

  /** Sets the states of both directions back to zeros. */
  resetState(): void {
    this.forward_layer.resetState?.();
    this.backward_layer.resetState?.();
  }

  override build(shape: Shape): void {
    for (const inner of [this.forward_layer, this.backward_layer]) {
      inner.buildOn(shape);
    }
  }

  override call(sequences: Numeric, rest: SequenceArguments): unknown {
    const states = this.#halves(rest.initial_state);
    const half = states ? states.length / 2 : 0;
    const [forward, backward] = [this.forward_layer, this.backward_layer].map((inner, i) => {
      const own = states?.slice(i * half, (i + 1) * half) ?? null;
      return [run(inner, sequences, { ...rest, initial_state: own })].flat() as [Numeric, ...States[]];
    }) as [[Numeric, ...States[]], [Numeric, ...States[]]];
    const y = asDType(forward[0], this.computeDtype);
    const last = asDType(backward[0], this.computeDtype);
    const reversed = this.return_sequences ? flip(last, { axis: 1 }) : last;
    const merged = this.merge_mode === null ? [y, reversed] : [merges[this.merge_mode]!(y, reversed)];
    if (this.return_state) return [...merged, ...forward.slice(1), ...backward.slice(1)];
    return merged.length === 1 ? merged[0] : merged;
  }

  /** States that are given, those for the way forwards first. */
  #halves(states: States | null | undefined): readonly States[] | null {
    if (states === null || states === undefined) return null;
    if (Array.isArray(states) && states.length > 0 && states.length % 2 === 0) return states;
    const received = Array.isArray(states) ? `a list of ${states.length}` : inspect(states);
    throw this.problem(
      `expected initial_state to be a list of states, half of them for each direction, received ${received}.`,
    );
  }

  override computeMask(_: unknown, mask: Numeric | null): (Numeric | null)[] {
    const own = this.return_sequences ? mask : null;
    return this.merge_mode === null ? [own, own] : [own];
  }

  protected override objectsInside(): Readonly<Record<string, unknown>> {
    const { forward_layer: layer, backward_layer } = this;
    return { layer, backward_layer };
  }

  #check(option: "layer" | "backward_layer", given: Layer): void {
    const missing = ["go_backwards", "return_sequences", "return_state"].filter((key) => !(key in given));
    if (missing.length === 0) return;
    const name = quote(given.name);
    throw optionProblem(
      "Bidirectional",
      option,
      `expected a layer with ${missing.join(", ")}, received ${given.constructor.className} ${name}.`,
    );
  }

  #compare(): void {
    const { forward_layer: forward, backward_layer: backward } = this;
    if (isUnknown(backward)) return;
    this.#check("backward_layer", backward);
    const fail = (message: string): never => {
      throw optionProblem("Bidirectional", "backward_layer", message);
    };
    if (forward.go_backwards === backward.go_backwards) {
      fail(`expected go_backwards to be ${!forward.go_backwards}, received ${backward.go_backwards}.`);
    }
    for (const key of ["stateful", "return_sequences", "return_state"] as const) {
      if (forward[key] === backward[key]) continue;
      fail(`expected ${key} to be ${forward[key]}, as that of layer, received ${backward[key]}.`);
    }
  }
}

/** Calls a layer with those of the arguments that it takes. */
function run(inner: Layer, sequences: Numeric, rest: SequenceArguments): unknown {
  const taken = Object.entries(rest).filter(
    ([key, value]) =>
      value !== null && value !== undefined && inner.constructor.signature.names.includes(key),
  );
  return inner.invoke([sequences], Object.fromEntries(taken));
}

/** A new layer with the same config but for its name; built, if the first one is. */
function copy(given: Directed, prefix: string, changes: JsonObject = {}): Directed {
  const config = Object.assign(given.getConfig(), changes, { name: prefixed(given.name, prefix) });
  const made = given.constructor.fromConfig(config);
  const build = given.getBuildConfig();
  if (build) made.buildFromConfig(build);
  return made as Directed;
}

function renamed(given: Directed, prefix: string): Directed {
  given.name = prefixed(given.name, prefix);
  return given;
}

function prefixed(name: string, prefix: string): string {
  return prefix + (name.startsWith(prefix) ? name.slice(prefix.length) : name);
}
