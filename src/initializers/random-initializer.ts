import { ModelError } from "../errors.ts";
import type { Fields, OptionsOf } from "../fields/field.ts";
import { optional } from "../fields/kinds.ts";
import { quote } from "../json/quote.ts";
import { classOf, nameOf } from "../registry/class-of.ts";
import type { Draw } from "../tensor/draw.ts";
import type { DType } from "../tensor/dtype.ts";
import { isFloat } from "../tensor/dtype.ts";
import type { Key, RandomFloat } from "../tensor/random.ts";
import type { StaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkWanted, Initializer } from "./initializer.ts";
import { aSeed, type DrawsSeed, makeDefaultSeed, type Seed, startOf } from "./seed.ts";

const seedField = {
  /** What makes the values reproducible: an integer, or a SeedGenerator. Defaults to null, other values each time. */
  seed: optional(aSeed, null),
};

/** What every random initializer takes. */
export interface RandomOptions extends OptionsOf<typeof seedField> {}

/**
 * What fills variables with random numbers, which are those of Keras on its JAX backend. A number as its seed gives
 * the same values each time, a generator goes on from one variable to the next.
 */
export abstract class RandomInitializer extends Initializer implements DrawsSeed {
  declare readonly seed: Seed;
  #start: number;
  #used = 0;

  constructor(options: object = {}) {
    super(options);
    this.#start = startOf(this.seed) ?? makeDefaultSeed();
  }

  /** @internal */
  startAt(seed: number): void {
    if (startOf(this.seed) === null) this.#start = seed;
  }

  /** The key to draw the values of one variable with. */
  protected nextKey(): Key {
    const goesOn = typeof this.seed === "object" && this.seed !== null;
    return [this.#start >>> 0, goesOn ? this.#used++ : 0];
  }

  /** The dtype of a variable of this shape, which must be one that numbers are drawn in. */
  protected drawnDType(shape: StaticShape, dtype: DType): RandomFloat {
    checkWanted(this, shape, dtype);
    if (isFloat(dtype)) return dtype as RandomFloat;
    const message = `expected a variable of a float dtype, received ${quote(dtype)}.`;
    throw new ModelError(this.constructor.className, message);
  }
}

/** What fills variables with numbers that can be drawn in parts. */
export abstract class DrawingInitializer extends RandomInitializer {
  /** How the numbers of one variable are drawn; takes the next key. */
  protected abstract draw(shape: StaticShape, dtype: RandomFloat): Draw;

  override create(shape: StaticShape, dtype: DType): Tensor {
    return this.draw(shape, this.drawnDType(shape, dtype)).all();
  }

  /** @internal */
  override begin(shape: StaticShape, dtype: DType): Tensor | Draw {
    const isOwn = this.create !== DrawingInitializer.prototype.create;
    return isOwn ? this.create(shape, dtype) : this.draw(shape, this.drawnDType(shape, dtype));
  }
}

/** A random initializer class of Keras: `seed` comes before its own fields. */
export const kerasRandomInitializer = /* @__PURE__ */ definerOn(RandomInitializer);

/** The same, of numbers that can be drawn in parts. */
export const kerasDrawingInitializer = /* @__PURE__ */ definerOn(DrawingInitializer);

function definerOn<Base extends RandomInitializer>(base: abstract new (...args: never[]) => Base) {
  return <const Name extends string, const F extends Fields>(className: Name, fields: F) =>
    classOf(base, {
      ...nameOf(className, { module: "keras.initializers" }),
      fields: { ...seedField, ...fields },
    });
}
