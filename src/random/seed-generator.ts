import { anyInteger, aString, nullable, optional } from "../fields/kinds.ts";
import { autoName } from "../graph/naming.ts";
import { type DrawsSeed, makeDefaultSeed, wordOf } from "../initializers/seed.ts";
import { asResult } from "../ops/operands.ts";
import { assign, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Variable } from "../program/variable.ts";
import type { VariableOwner } from "../program/variable-owner.ts";
import { Configurable } from "../registry/configurable.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What a {@link SeedGenerator} takes. */
export interface SeedGeneratorOptions {
  /** What makes the numbers reproducible: an integer. Defaults to null, one drawn at random. */
  readonly seed?: number | bigint | null;
  /** A name, for its state. Defaults to one such as `seed_generator_1`. */
  readonly name?: string | null;
}

/**
 * A source of keys for random numbers: each is used once, so that each drawing gives other numbers, the same ones
 * after the same seed. Source: Keras 3.6 `random/seed_generator.py`.
 *
 * @example
 * const seeds = new SeedGenerator({ seed: 42 });
 * seeds.next(); // [42, 0]
 * seeds.next(); // [42, 1]
 */
export class SeedGenerator extends Configurable implements VariableOwner, DrawsSeed {
  static override readonly className: string = "SeedGenerator";
  static override readonly module = "keras.random";
  static override readonly registeredName = null;
  static override readonly fields = {
    seed: optional(nullable(anyInteger), null),
    name: { ...optional(nullable(aString), null, { omitIfDefault: true }), property: "givenName" },
  };

  declare readonly seed: number | bigint | null;
  declare readonly givenName: string | null;
  readonly name: string;
  /** The seed, and how many keys were taken. */
  readonly state: Variable;
  readonly ownVariables: readonly Variable[];
  /** Keras leaves the state out of files. */
  readonly isSaved = false;

  constructor(options: SeedGeneratorOptions = {}) {
    super(options);
    this.name = this.givenName ?? autoName("SeedGenerator");
    const start = wordOf(this.seed ?? makeDefaultSeed());
    this.state = new Variable({
      name: "seed_generator_state",
      shape: [2],
      dtype: "uint32",
      trainable: false,
      initialize: () => firstKey(start),
    });
    this.state.path = `${this.name}/seed_generator_state`;
    this.state.isStatistic = true;
    this.ownVariables = [this.state];
  }

  /** @internal */
  startAt(seed: number): void {
    if (this.seed === null) this.state.assignLazily({ now: () => firstKey(seed) });
  }

  /** A key that was not used before: at once, or whenever the program runs that is traced. */
  next(): Numeric {
    const key = asResult(this.state);
    assign(this.state, prim("add", [this.state, new Tensor("uint32", [2], Uint32Array.of(0, 1))]));
    return key;
  }
}

/** The key that a seed begins with. */
export function firstKey(seed: number): Tensor {
  return new Tensor("uint32", [2], Uint32Array.of(seed, 0));
}
