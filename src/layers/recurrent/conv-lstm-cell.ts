import { ShapeError } from "../../errors.ts";
import type { ValuesOf } from "../../fields/field.ts";
import { inOrder } from "../../fields/in-order.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { conv } from "../../ops/convolution.ts";
import { type Dimension, dimension, dimensions, filled, reshapeTo } from "../../ops/dimensions.ts";
import { join } from "../../ops/joining.ts";
import { reshape } from "../../ops/reshaping.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { PaddingName } from "../../ops/window.ts";
import { runCalling } from "../../program/calling.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { Value } from "../../program/value.ts";
import type { Variable } from "../../program/variable.ts";
import { dropout } from "../../random/drawing.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { addBias } from "../convolution/bias.ts";
import { channelsOut, spacingOf, windowOf } from "../convolution/fields.ts";
import { channelAxis, type DataFormat } from "../data-format.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import { knownAxis } from "../last-axis.ts";
import { Layer } from "../layer.ts";
import { windowPadding } from "../window-fields.ts";
import { type CellArguments, type CellRun, callOnce, cellCall } from "./cell.ts";
import { withForgetBias } from "./forget-bias.ts";
import { lstmFields } from "./gate-fields.ts";
import { lstmStates } from "./lstm-states.ts";
import { readIn } from "./read-in.ts";
import type { States } from "./rnn-loop.ts";

const { units: _, ...gateFields } = lstmFields;

/** The fields of a cell over `rank` dimensions; its layer has them too. */
export function convLstmFields(rank: number) {
  return {
    ...inOrder({ ...channelsOut, ...windowOf(rank) }, "filters, kernel_size, strides"),
    /** `"valid"`: only whole windows; `"same"`: zeros around, so that each stride has a window. Defaults to "valid". */
    padding: windowPadding("valid"),
    ...spacingOf(rank),
    ...gateFields,
  };
}

export type ConvLstmFields = ReturnType<typeof convLstmFields>;

const GATES = 4;

/** What cells over any number of dimensions do. */
abstract class ConvLstmBase extends Layer<typeof cellCall> {
  static readonly isBase = true;

  declare kernel: Variable;
  declare recurrent_kernel: Variable;
  declare bias: Variable | null;
  readonly seed_generator: SeedGenerator;
  /** One input, and one state, without the batch. */
  #input: readonly number[] = [];
  #state: readonly number[] = [];

  constructor(options: object) {
    super(options);
    this.seed_generator = new SeedGenerator({ seed: this.#own.seed });
  }

  get #own(): Readonly<ValuesOf<ConvLstmFields>> {
    return this as unknown as Readonly<ValuesOf<ConvLstmFields>>;
  }

  get state_size(): readonly number[] {
    return [this.#own.filters, this.#own.filters];
  }

  override build(shape: Shape): void {
    const { filters, kernel_size, data_format, use_bias } = this.#own;
    const channels = knownAxis(this, shape, channelAxis(data_format));
    this.kernel = this.weight("kernel", [...kernel_size, channels, filters * GATES]);
    this.recurrent_kernel = this.weight("recurrent_kernel", [...kernel_size, filters, filters * GATES], {
      field: "recurrent",
    });
    this.bias = use_bias ? this.#makeBias() : null;
    this.#input = shape.slice(1).map((size) => {
      if (size !== null) return size;
      throw this.problem(
        `expected images of a known size, received shape ${formatShape(shape)}.`,
        ShapeError,
      );
    });
    const image = new Value([1, ...this.#input], this.variableDtype);
    const gates = runCalling({ within: { builder: null } }, () => this.#convolve(image, this.kernel)).shape;
    this.#state = gates.slice(1).with(data_format === "channels_first" ? 0 : -1, filters) as number[];
  }

  getInitialState(batch: Dimension): States {
    return [0, 0].map((zero) => filled([batch, ...this.#state], zero, this.computeDtype));
  }

  start(like: Numeric, training: boolean): CellRun {
    const { dropout: rate, recurrent_dropout: recurrentRate } = this.#own;
    const masks = training ? this.#masks(like, this.#input, rate) : null;
    const stateMasks = training ? this.#masks(like, this.#state, recurrentRate) : null;
    return {
      project: (x) => this.#project(x, masks),
      step: (projected, states) => {
        const [output, memory] = states as readonly [Numeric, Numeric];
        const after = this.#step(add(projected, this.#recur(output, stateMasks)), memory);
        return [after[0], after];
      },
    };
  }

  override call(x: Numeric, rest: CellArguments): readonly [Numeric, States] {
    return callOnce(this, x, rest);
  }

  #makeBias(): Variable {
    const { unit_forget_bias, bias_initializer, filters } = this.#own;
    const initializer = unit_forget_bias ? withForgetBias(bias_initializer, filters) : bias_initializer;
    return this.weight("bias", [filters * GATES], { initializer });
  }

  /** What dropout multiplies with, for each gate; the same in all steps. Source: Keras 3.6 `layers/rnn/dropout_rnn_cell.py`. */
  #masks(like: Numeric, shape: readonly number[], rate: number): readonly Numeric[] | null {
    if (rate === 0) return null;
    const ones = filled([dimension(like, 0), ...shape], 1, this.computeDtype);
    return Array.from({ length: GATES }, () => dropout(readIn(like, ones), rate, this.seed_generator));
  }

  /** What the inputs of a step `(batch, …)`, or of all at once `(time, batch, …)`, give to the gates. */
  #project(x: Numeric, masks: readonly Numeric[] | null): Numeric {
    const { data_format, kernel_size } = this.#own;
    const convolved = (part: Numeric, kernel: Operand): Numeric => {
      if (part.shape.length === this.#input.length + 1) return this.#convolve(part, kernel);
      const flat = reshape(part, { newshape: [-1, ...this.#input] });
      const result = this.#convolve(flat, kernel);
      return reshapeTo(result, [...dimensions(part).slice(0, 2), ...dimensions(result).slice(1)]);
    };
    const product = masks ? this.#byGate(x, masks, this.kernel, convolved) : convolved(x, this.kernel);
    return addBias(product, this.bias, data_format, kernel_size.length);
  }

  /** What the output before gives to the gates. */
  #recur(output: Numeric, masks: readonly Numeric[] | null): Numeric {
    const { data_format } = this.#own;
    const convolved = (x: Numeric, kernel: Operand) => conv(x, kernel, { padding: "same", data_format });
    return masks
      ? this.#byGate(output, masks, this.recurrent_kernel, convolved)
      : convolved(output, this.recurrent_kernel);
  }

  /** Each gate of an input of its own. */
  #byGate(
    x: Numeric,
    masks: readonly Numeric[],
    kernel: Variable,
    convolved: (x: Numeric, kernel: Operand) => Numeric,
  ): Numeric {
    const { filters, data_format } = this.#own;
    const whole = readIn(x, kernel);
    const axis = whole.shape.length - 1;
    const parts = masks.map((mask, i) =>
      convolved(multiply(x, mask), sliceAxis(whole, axis, i * filters, (i + 1) * filters)),
    );
    return join(parts, this.#channelAxisOf(parts[0]!, data_format));
  }

  #step(gates: Numeric, memory: Numeric): readonly [Numeric, Numeric] {
    const { filters, data_format } = this.#own;
    const axis = this.#channelAxisOf(gates, data_format);
    const gate = (i: number) => sliceAxis(gates, axis, i * filters, (i + 1) * filters);
    return lstmStates([gate(0), gate(1), gate(2), gate(3)], memory, this.#own);
  }

  #convolve(x: Numeric, kernel: Operand): Numeric {
    const { strides, padding, dilation_rate, data_format } = this.#own;
    return conv(x, kernel, { strides, padding: padding as PaddingName, dilation_rate, data_format });
  }

  /** The axis of the channels: behind the batch, of one step or of all. */
  #channelAxisOf(x: Numeric, format: DataFormat): number {
    return format === "channels_first" ? x.shape.length - this.#input.length : x.shape.length - 1;
  }
}

/** A cell over `rank` dimensions. */
export function convLstmCell(rank: number): LayerConstructor<ConvLstmFields, typeof cellCall, ConvLstmBase> {
  return kerasLayer("ConvLSTMCell", convLstmFields(rank), cellCall, ConvLstmBase);
}
