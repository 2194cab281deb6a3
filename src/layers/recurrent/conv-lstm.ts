import type { OptionsOf } from "../../fields/field.ts";
import { inOrder } from "../../fields/in-order.ts";
import type { LayerConstructor, LayerOptions } from "../define.ts";
import { outputPenalty } from "../weight-fields.ts";
import { convLstmCell, convLstmFields } from "./conv-lstm-cell.ts";
import { cellOf, type Recurrent, recurrentLayer, type sequenceCall } from "./recurrent.ts";
import { sequenceFields } from "./sequence-fields.ts";

function fieldsOf(rank: number) {
  return {
    ...sequenceFields,
    ...inOrder(
      { ...convLstmFields(rank), ...outputPenalty },
      "filters, kernel_size, strides, padding, data_format, dilation_rate",
      "activation, recurrent_activation, use_bias",
      "kernel_initializer, recurrent_initializer, bias_initializer, unit_forget_bias",
      "kernel_regularizer, recurrent_regularizer, bias_regularizer, activity_regularizer",
      "kernel_constraint, recurrent_constraint, bias_constraint",
      "dropout, recurrent_dropout, seed",
    ),
  };
}

type ConvLstmLayerFields = ReturnType<typeof fieldsOf>;

/** The base of the layers over `rank` dimensions. Source: Keras 3.6 `layers/rnn/conv_lstm.py`. */
function convLstm(
  className: string,
  rank: number,
): LayerConstructor<ConvLstmLayerFields, typeof sequenceCall, Recurrent> {
  const Base = recurrentLayer(className, fieldsOf(rank));
  const Cell = convLstmCell(rank);
  class Made extends Base {
    static readonly isBase = true;

    override inputSpec = { rank: rank + 3 };

    constructor(...options: ConstructorParameters<typeof Base>) {
      super(...options);
      this.cell = cellOf(this, Cell, "conv_lstm_cell");
    }
  }
  return Made;
}

/** What {@link ConvLSTM1D} takes. */
export interface ConvLSTM1DOptions extends LayerOptions, OptionsOf<ConvLstmLayerFields> {}

/**
 * An {@link LSTM} whose matrix products are convolutions, over sequences of sequences: from
 * `(batch, time, steps, channels)` to `(batch, windows, filters)` or, with `return_sequences`,
 * `(batch, time, windows, filters)`. Source: Keras 3.6 `layers/rnn/conv_lstm1d.py`.
 *
 * @example
 * const y = new ConvLSTM1D({ filters: 8, kernel_size: 3 }).apply(Input({ shape: [null, 20, 4] })); // [null, 18, 8]
 */
export class ConvLSTM1D extends convLstm("ConvLSTM1D", 1)<ConvLSTM1DOptions> {}

/** What {@link ConvLSTM2D} takes. */
export interface ConvLSTM2DOptions extends LayerOptions, OptionsOf<ConvLstmLayerFields> {}

/**
 * An {@link LSTM} whose matrix products are convolutions, over sequences of images: from
 * `(batch, time, height, width, channels)` to `(batch, rows, columns, filters)` or, with `return_sequences`, the same
 * for all steps. Source: Keras 3.6 `layers/rnn/conv_lstm2d.py`.
 *
 * @example
 * const x = Input({ shape: [null, 32, 32, 3] });
 * const y = new ConvLSTM2D({ filters: 8, kernel_size: 3, padding: "same" }).apply(x); // [null, 32, 32, 8]
 */
export class ConvLSTM2D extends convLstm("ConvLSTM2D", 2)<ConvLSTM2DOptions> {}

/** What {@link ConvLSTM3D} takes. */
export interface ConvLSTM3DOptions extends LayerOptions, OptionsOf<ConvLstmLayerFields> {}

/**
 * An {@link LSTM} whose matrix products are convolutions, over sequences of volumes: from
 * `(batch, time, depth, height, width, channels)` to `(batch, …, filters)` or, with `return_sequences`, the same for all
 * steps. Source: Keras 3.6 `layers/rnn/conv_lstm3d.py`.
 *
 * @example
 * const x = Input({ shape: [null, 8, 8, 8, 1] });
 * const y = new ConvLSTM3D({ filters: 2, kernel_size: 2 }).apply(x); // [null, 7, 7, 7, 2]
 */
export class ConvLSTM3D extends convLstm("ConvLSTM3D", 3)<ConvLSTM3DOptions> {}
