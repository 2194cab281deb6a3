import type { Fields } from "../../fields/field.ts";
import { flatten, mapNested, type Nested } from "../../graph/nested.ts";
import { aTensor, flag, maskFor, structure, takes } from "../../graph/signature.ts";
import { dimension } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import { pairs } from "../../pairs.ts";
import { runCalling } from "../../program/calling.ts";
import { assign, type Numeric } from "../../program/emit.ts";
import { Variable } from "../../program/variable.ts";
import { full } from "../../tensor/create.ts";
import { formatShape, type Shape, type StaticShape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import { Layer } from "../layer.ts";
import { checkStates, initialState, listed, type RecurrentCell, startCell } from "./cell.ts";
import { readIn } from "./read-in.ts";
import { rnnLoop, type States } from "./rnn-loop.ts";
import { swapTimeAndBatch } from "./steps.ts";

/** What a recurrent layer's `call` takes after the sequences. */
export interface SequenceArguments {
  readonly initial_state?: States | null;
  readonly mask?: Nested<Numeric | null> | null;
  readonly training: boolean;
}

/** What a call of a recurrent layer takes. */
export const sequenceCall = takes("sequences", {
  sequences: aTensor().shaped(),
  initial_state: structure<States>().shaped().optional(),
  mask: maskFor<Nested<Numeric | null> | null>("sequences"),
  training: flag(false),
});

type SequenceCall = typeof sequenceCall;

/** What all recurrent layers do: take a cell through a sequence. Source: Keras 3.6 `layers/rnn/rnn.py`. */
export abstract class Recurrent extends Layer<SequenceCall> {
  static override readonly supportsMasking: boolean = true;

  declare readonly return_sequences: boolean;
  declare readonly return_state: boolean;
  declare readonly go_backwards: boolean;
  declare readonly stateful: boolean;
  declare readonly unroll: boolean;
  declare readonly zero_output_for_mask: boolean;

  /** What does one step. */
  declare cell: RecurrentCell;
  /** The states a stateful layer keeps from batch to batch, once it is built. Not saved. */
  states: Nested<Variable> | null = null;

  override build(shape: Shape): void {
    const [batch = null, , ...rest] = shape;
    this.cell.buildOn([batch, ...rest]);
    if (!this.stateful || this.states) return;
    if (batch === null) {
      throw this.problem(
        "expected a fixed batch size, because it is stateful, " +
          `received shape ${formatShape(shape)}. Give its Input a batch_size.`,
      );
    }
    const states = runCalling({ within: { builder: null } }, () => statesOf(this.cell, batch));
    this.states = mapNested(states, (state) => this.#keep(state.shape as StaticShape));
  }

  /** Sets the states of a stateful layer back to zeros. */
  resetState(): void {
    for (const variable of flatten(this.states ?? []))
      variable.assign(full(variable.shape, 0, variable.dtype));
  }

  override call(sequences: Numeric, { initial_state, mask, training }: SequenceArguments): unknown {
    if (this.unroll && sequences.shape[1] === null) {
      throw this.problem(
        `expected a fixed number of steps, because it is unrolled, received shape ${formatShape(sequences.shape)}.`,
      );
    }
    const { cell } = this;
    if (initial_state != null) checkStates(this, "initial_state", initial_state, cell.state_size);
    const batch = dimension(sequences, 0);
    const { project, step } = startCell(cell, sequences, training);
    const first = initial_state ?? this.#kept(sequences) ?? statesOf(cell, batch);
    const { last, all, states } = rnnLoop(step, {
      xs: project(swapTimeAndBatch(sequences)),
      states: mapNested(listed(first), (state) => asDType(state, cell.computeDtype)),
      mask: flatten(mask ?? null)[0] ?? null,
      backwards: this.go_backwards,
      unroll: this.unroll,
      zeroOutputForMask: this.zero_output_for_mask,
    });
    if (this.stateful && this.states) this.#store(this.states, states);
    const cast = (value: Numeric) => asDType(value, this.computeDtype);
    const output = cast(this.return_sequences ? swapTimeAndBatch(all()) : last());
    return this.return_state ? [output, ...(mapNested(states, cast) as readonly States[])] : output;
  }

  override computeMask(_: unknown, mask: Numeric | null): (Numeric | null)[] {
    return [this.return_sequences ? mask : null];
  }

  /** The kept states as values of the computation that the sequences belong to. */
  #kept(sequences: Numeric): States | null {
    if (!this.stateful || !this.states) return null;
    return mapNested(this.states, (variable) => readIn(sequences, variable as Variable));
  }

  #store(kept: Nested<Variable>, states: States): void {
    for (const [variable, value] of pairs(flatten(kept), flatten(states))) {
      assign(variable, asDType(value, variable.dtype));
    }
  }

  #keep(shape: StaticShape): Variable {
    const dtype = this.variableDtype;
    const initialize = () => full(shape, 0, dtype);
    const state = new Variable({ name: "rnn_state", shape, dtype, trainable: false, initialize });
    state.path = `${this.name}/rnn_state`;
    state.isStatistic = true;
    return state;
  }
}

function statesOf(cell: RecurrentCell, batch: Parameters<typeof initialState>[1]): States {
  return listed(initialState(cell, batch));
}

/** The base of a recurrent layer of Keras with these fields; the class makes its `cell`. */
export function recurrentLayer<const F extends Fields>(
  className: string,
  fields: F,
): LayerConstructor<F, SequenceCall, Recurrent> {
  return kerasLayer(className, fields, sequenceCall, Recurrent);
}

interface CellClass<Options, Cell> {
  new (options: Options): Cell;
  readonly fields: Fields;
}

/** The cell of a layer: it has those values of the layer that are fields of both, and what else is given. */
export function cellOf<Options extends object, Cell>(
  layer: Layer,
  cell: CellClass<Options, Cell>,
  name: string,
  rest: Partial<Options> = {},
): Cell {
  const options: Record<string, unknown> = { name, trainable: layer.trainable, dtype: layer.dtype_policy };
  for (const key of Object.keys(cell.fields)) {
    if (!(key in options) && key !== "activity_regularizer" && key in layer)
      options[key] = layer[key as keyof Layer];
  }
  return new cell({ ...options, ...rest } as Options);
}
