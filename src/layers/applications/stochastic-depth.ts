import type { OptionsOf } from "../../fields/field.ts";
import { floatBetween } from "../../fields/shorthands.ts";
import { aTensor, flag, takes } from "../../graph/signature.ts";
import { add, divide, multiply } from "../../ops/arithmetic.ts";
import { dimension } from "../../ops/dimensions.ts";
import { floor } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { applicationLayer } from "./define.ts";

const fields = {
  /** The share of the samples, from 0 to 1, whose path is dropped in training. */
  drop_path_rate: floatBetween(0, 1)(),
};

/** What {@link StochasticDepth} takes. */
export interface StochasticDepthOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training sets whole samples to 0, chosen at random, and makes the others larger; else passes all on. Shape in is
 * shape out. Source: Keras 3.6 `applications/convnext.py`.
 *
 * @example
 * const y = new StochasticDepth({ drop_path_rate: 0.1 }).apply(Input({ shape: [56, 56, 96] }));
 */
export class StochasticDepth extends applicationLayer(
  "convnext",
  "StochasticDepth",
  fields,
  takes("x", { x: aTensor(), training: flag() }),
)<StochasticDepthOptions> {
  /** Keras draws from a generator that all such layers share. */
  readonly seed_generator: SeedGenerator;

  constructor(options: StochasticDepthOptions) {
    super(options);
    this.seed_generator = new SeedGenerator();
  }

  override call(x: Numeric, { training }: { readonly training: boolean }): Numeric {
    if (!training) return x;
    const keep = 1 - this.drop_path_rate;
    const each = [dimension(x, 0), ...new Array<number>(x.shape.length - 1).fill(1)];
    const kept = floor(add(uniform(this.seed_generator, each), keep));
    return multiply(divide(x, keep), asDType(kept, x.dtype));
  }
}
