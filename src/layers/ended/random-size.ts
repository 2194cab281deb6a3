import { type End, ended } from "../../dialects/keras-2/ended.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { aNumber, either, listOf } from "../../fields/kinds.ts";
import { choice, seed, shorthand } from "../../fields/shorthands.ts";
import { aTensor, flag, takes } from "../../graph/signature.ts";
import { inspect } from "../../json/inspect.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { Value } from "../../program/value.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions } from "../define.ts";
import { Layer } from "../layer.ts";
import { optionProblem } from "../option-problem.ts";

const factor = shorthand(either(aNumber, (input) => !Array.isArray(input), listOf(aNumber, { length: 2 })));

const fields = {
  /**
   * How much of its size an image gains at most and loses at most: 0.2 for up to a fifth, or two numbers, the least, which
   * is above -1, and the most.
   */
  factor: factor(),
  /** How pixels are worked out. Defaults to "bilinear". */
  interpolation: choice(
    "bilinear",
    "nearest",
    "bicubic",
    "area",
    "lanczos3",
    "lanczos5",
    "gaussian",
    "mitchellcubic",
  )("bilinear"),
  /** Where its random numbers begin; null draws a seed. Defaults to null. */
  seed: seed(null),
};

type SizeFields = typeof fields;

const imagesCall = takes("inputs", { inputs: aTensor(), training: flag(false) });

type ImagesCall = typeof imagesCall;

/** Another size along one axis in training. Source: tf.keras 2.9 `layers/preprocessing/image_preprocessing.py`. */
abstract class RandomSize extends Layer<ImagesCall> {
  static readonly end: End = ended(
    "No layer of Keras 3 changes the size at random; leave it out, as it does nothing but in training.",
  );
  declare readonly factor: number | readonly number[];

  override call(images: Numeric, { training }: { readonly training: boolean }): Numeric {
    if (training) {
      const received = "received a call in training, which gives images of another size each time.";
      throw this.problem(`expected a call that is not one of training, ${received}`);
    }
    return asDType(images, this.computeDtype);
  }

  /** Which axis it is, counted from behind. */
  protected abstract get axis(): number;

  /** In training the size is another: nobody may count on it. */
  protected override stated(result: Value): Value {
    const shape = [...result.shape];
    shape[shape.length + this.axis] = null;
    return new Value(shape, result.dtype);
  }
}

function randomSize(className: string, axis: number): LayerConstructor<SizeFields, ImagesCall> {
  const Base = kerasLayer(className, fields, imagesCall, RandomSize);
  class Made extends Base {
    static readonly isBase = true;

    constructor(...options: ConstructorParameters<typeof Base>) {
      super(...options);
      const { factor } = this;
      const [least, most] = typeof factor === "number" ? [-factor, factor] : factor;
      if (least! > -1 && least! <= most!) return;
      throw optionProblem(
        className,
        "factor",
        `expected a share below 1, or two above -1, the smaller one first, received ${inspect(factor)}.`,
      );
    }

    protected override get axis(): number {
      return axis;
    }
  }
  return Made;
}

/** What {@link RandomHeight} takes. */
export interface RandomHeightOptions extends LayerOptions, OptionsOf<SizeFields> {}

/**
 * In training makes images higher or lower, at random; else passes them on. Its height is not known. Training it is an
 * error here. Not in Keras 3. Source: tf.keras 2.9 `layers/preprocessing/image_preprocessing.py`.
 */
export class RandomHeight extends randomSize("RandomHeight", -3)<RandomHeightOptions> {}

/** What {@link RandomWidth} takes. */
export interface RandomWidthOptions extends LayerOptions, OptionsOf<SizeFields> {}

/**
 * In training makes images wider or narrower, at random; else passes them on. Its width is not known. Training it is an
 * error here. Not in Keras 3. Source: tf.keras 2.9 `layers/preprocessing/image_preprocessing.py`.
 */
export class RandomWidth extends randomSize("RandomWidth", -2)<RandomWidthOptions> {}
