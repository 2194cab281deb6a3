import type { Activation } from "../../activations/activation.ts";
import { type End, ended } from "../../dialects/keras-2/ended.ts";
import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { anInteger, refine } from "../../fields/kinds.ts";
import { shorthand } from "../../fields/shorthands.ts";
import { add } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { matmul } from "../../ops/matmul.ts";
import { shapeOf } from "../../ops/operands.ts";
import { reshape } from "../../ops/reshaping.ts";
import { take } from "../../ops/take.ts";
import { transpose } from "../../ops/transposing.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { isAbstract, Value } from "../../program/value.ts";
import type { Variable } from "../../program/variable.ts";
import { fromTyped } from "../../tensor/create.ts";
import { formatShape, isStatic, type Shape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { channelsOut, outputs, windowOf } from "../convolution/fields.ts";
import { dataFormat } from "../data-format.ts";
import {
  kerasLayer,
  type LayerConstructor,
  type LayerOptions,
  type OneTensor,
  oneTensor,
} from "../define.ts";
import { Layer } from "../layer.ts";
import { optionProblem } from "../option-problem.ts";
import { windowPadding } from "../window-fields.ts";
import {
  connections,
  inputPlaces,
  type LocalWindows,
  listPlaces,
  product,
  tablePlaces,
  windowCounts,
  windowSizes,
} from "./local-windows.ts";

const implementation = shorthand(refine(anInteger, "1, 2 or 3", (number) => number >= 1 && number <= 3));

function localFields(rank: number) {
  return {
    ...channelsOut,
    ...windowOf(rank),
    /**
     * `"valid"`: only whole windows; `"same"`: windows at each stride, cut off at the edges, which needs implementation 2
     * or 3. Defaults to "valid".
     */
    padding: windowPadding("valid"),
    /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
    data_format: dataFormat(),
    ...outputs,
    /**
     * How the kernel is kept: 1 as a matrix for each window, 2 as a table of all inputs and all outputs, 3 as a list of the
     * connections there are. Defaults to 1.
     */
    implementation: implementation(1),
  };
}

type LocalFields = ReturnType<typeof localFields>;

/** More connections than a kernel can be kept for. */
const MOST_CONNECTIONS = 2 ** 31;

/** A convolution whose windows each have a kernel of their own. Source: tf.keras 2.9 `layers/locally_connected/`. */
abstract class Local extends Layer<OneTensor> {
  declare readonly kernel_size: readonly number[];
  declare readonly strides: readonly number[];
  declare readonly filters: number;
  declare readonly padding: "valid" | "same";
  declare readonly data_format: "channels_last" | "channels_first";
  declare readonly implementation: number;
  declare readonly activation: Activation;
  declare readonly use_bias: boolean;
  static readonly end: End = ended("No layer of Keras 3 has a kernel for each window.");
  declare kernel: Variable;
  declare bias: Variable | null;
  #windows: LocalWindows | null = null;

  override build(shape: Shape): void {
    const windows = this.#windowsOf(shape);
    this.#windows = windows;
    const counts = windowCounts(windows);
    this.kernel = this.weight("kernel", this.#kernelShape(windows, counts));
    this.bias = this.use_bias ? this.weight("bias", [...counts, this.filters]) : null;
    this.inputSpec = {
      rank: shape.length,
      axes: Object.fromEntries(shape.slice(1).map((size, i) => [i + 1, size!])),
    };
  }

  #windowsOf(shape: Shape): LocalWindows {
    const { filters, kernel_size, strides, padding, data_format } = this;
    const sample: Shape = shape.slice(1);
    if (sample.length !== kernel_size.length + 1 || !isStatic(sample)) {
      const received = `received shape ${formatShape(shape)}.`;
      throw this.problem(
        `expected an input of rank ${kernel_size.length + 2} with known sizes, ${received}`,
        ShapeError,
      );
    }
    const isLast = data_format === "channels_last";
    const sizes = isLast ? sample.slice(0, -1) : sample.slice(1);
    const channels = (isLast ? sample.at(-1) : sample[0])!;
    const windows = { sizes, channels, filters, kernel_size, strides, padding, data_format };
    if (windowCounts(windows).includes(0)) {
      throw this.problem(
        `expected an input at least as large as its kernel, received shape ${formatShape(shape)}.`,
        ShapeError,
      );
    }
    const most = product(sizes) * channels * product(windowCounts(windows)) * filters;
    if (sizes.some((size) => size > MOST_SIZE) || (this.implementation === 2 && most > MOST_CONNECTIONS)) {
      throw this.problem(
        `expected an input that it can be connected with, received shape ${formatShape(shape)}.`,
        ShapeError,
      );
    }
    return windows;
  }

  #kernelShape(windows: LocalWindows, counts: readonly number[]): number[] {
    const { sizes, channels, filters, kernel_size, data_format } = windows;
    if (this.implementation === 3) return [connections(windows)];
    if (this.implementation === 1) return [product(counts), product(kernel_size) * channels, filters];
    return data_format === "channels_last"
      ? [...sizes, channels, ...counts, filters]
      : [channels, ...sizes, filters, ...counts];
  }

  override call(x: Operand): Numeric {
    const windows = this.#windows!;
    const counts = windowCounts(windows);
    const sums = matmul(this.#rows(x, windows), this.#kernels(windows, isAbstract(x)));
    const isLast = this.data_format === "channels_last";
    const results = reshape(transpose(sums, { axes: isLast ? [1, 0, 2] : [1, 2, 0] }), {
      newshape: isLast ? [-1, ...counts, this.filters] : [-1, this.filters, ...counts],
    });
    return this.activation(this.bias === null ? results : add(results, this.#biasOf(counts)));
  }

  /** What each window sees of each sample. */
  #rows(x: Operand, windows: LocalWindows): Numeric {
    const [count, each] = windowSizes(windows);
    const flat = reshape(x, { newshape: [-1, product(windows.sizes) * windows.channels] });
    if (isAbstract(flat)) return new Value([count, shapeOf(flat)[0] ?? null, each], dtypeOf(flat));
    const seen = this.#seen(flat, inputPlaces(windows));
    return transpose(reshape(seen, { newshape: [-1, count, each] }), { axes: [1, 0, 2] });
  }

  /** The numbers that all windows see, and 0 beyond the edge. */
  #seen(flat: Numeric, places: Int32Array): Numeric {
    const seen = take(flat, tensorOf(places.map((place) => Math.max(0, place))), { axis: 1 });
    if (!places.includes(-1)) return seen;
    const isInside = fromTyped(
      Uint8Array.from(places, (place) => Number(place >= 0)),
      [1, places.length],
      "bool",
    );
    return where(isInside, seen, 0);
  }

  /** A matrix for each window. */
  #kernels(windows: LocalWindows, isShapeAlone: boolean): Numeric | Variable {
    if (this.implementation === 1) return this.kernel;
    const [count, each] = windowSizes(windows);
    const flat = reshape(this.kernel, { newshape: [-1] });
    if (isShapeAlone) return new Value([count, each, this.filters], dtypeOf(flat));
    const places = this.implementation === 2 ? tablePlaces(windows) : listPlaces(windows);
    return reshape(take(flat, tensorOf(places), { axis: 0 }), { newshape: [count, each, this.filters] });
  }

  /** With its channels in front the bias is read in that order, too, though it is kept with them at the end. */
  #biasOf(counts: readonly number[]): Numeric | Variable {
    if (this.data_format === "channels_last") return this.bias!;
    return reshape(this.bias!, { newshape: [this.filters, ...counts] });
  }
}

/** Longer than an input is along any dimension. */
const MOST_SIZE = 1_000_000;

function tensorOf(places: Int32Array): Tensor {
  return fromTyped(places, [places.length], "int32");
}

function local(className: string, rank: number): LayerConstructor<LocalFields> {
  const Base = kerasLayer(className, localFields(rank), oneTensor, Local);
  class Made extends Base {
    static readonly isBase = true;

    constructor(...options: ConstructorParameters<typeof Base>) {
      super(...options);
      const { padding, implementation } = this;
      if (padding === "same" && implementation === 1) {
        throw optionProblem(
          className,
          "padding",
          `expected "valid" for implementation 1, received "same". Implementations 2 and 3 take it.`,
        );
      }
    }
  }
  return Made;
}

/** What {@link LocallyConnected1D} takes. */
export interface LocallyConnected1DOptions extends LayerOptions, OptionsOf<LocalFields> {}

/**
 * A convolution over time whose windows each have a kernel of their own, from `(batch, steps, channels)` to
 * `(batch, windows, filters)`. Not in Keras 3. Source: tf.keras 2.9 `layers/locally_connected/locally_connected1d.py`.
 */
export class LocallyConnected1D extends local("LocallyConnected1D", 1)<LocallyConnected1DOptions> {}

/** What {@link LocallyConnected2D} takes. */
export interface LocallyConnected2DOptions extends LayerOptions, OptionsOf<LocalFields> {}

/**
 * A convolution over images whose windows each have a kernel of their own, from `(batch, height, width, channels)` to
 * `(batch, rows, columns, filters)`. Not in Keras 3. Source: tf.keras 2.9 `layers/locally_connected/locally_connected2d.py`.
 */
export class LocallyConnected2D extends local("LocallyConnected2D", 2)<LocallyConnected2DOptions> {}
