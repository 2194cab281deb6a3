import type { Fields } from "../../fields/field.ts";
import { aTensor, flag, takes } from "../../graph/signature.ts";
import type { Operand } from "../../program/emit.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import { Layer } from "../layer.ts";

/** What a call of a random layer takes. */
export const randomCall = takes("inputs", { inputs: aTensor(), training: flag(false) });

type RandomCall = typeof randomCall;

/** What random layers do: change their input in training, at random, else pass it on. */
export abstract class RandomLayer extends Layer<RandomCall> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  declare readonly seed: number | bigint | null;
  declare readonly rate?: number;
  /** Where its random numbers come from; null where it needs none. */
  readonly seed_generator: SeedGenerator | null;

  constructor(options: object) {
    super(options);
    this.seed_generator = this.strength > 0 ? new SeedGenerator({ seed: this.seed }) : null;
  }

  /** How much it changes: of 0 it needs no random numbers. */
  get strength(): number {
    return this.rate ?? 0;
  }

  /** What it does in training. */
  abstract disturb(x: Operand, seeds: SeedGenerator): Operand;

  override call(x: Operand, { training }: { readonly training: boolean }): Operand {
    return training && this.seed_generator ? this.disturb(x, this.seed_generator) : x;
  }
}

/** The base of a random layer of Keras with these fields, `seed` among them. */
export function randomLayer<const F extends Fields>(
  className: string,
  fields: F,
): LayerConstructor<F, RandomCall, RandomLayer> {
  return kerasLayer(className, fields, randomCall, RandomLayer);
}
