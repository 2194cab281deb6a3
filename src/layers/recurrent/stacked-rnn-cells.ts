import { within } from "../../context.ts";
import { ModelError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { listOf, required } from "../../fields/kinds.ts";
import { placeOf } from "../../graph/graph.ts";
import type { Dimension } from "../../ops/dimensions.ts";
import { pairs } from "../../pairs.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import {
  type CellArguments,
  type CellRun,
  callOnce,
  cellCall,
  checkStates,
  initialState,
  outputSize,
  type StateSize,
  startCell,
} from "./cell.ts";
import { aCell } from "./cell-field.ts";
import type { States } from "./rnn-loop.ts";

const fields = {
  /** The cells, from the input to the output; each takes what the one before gives. */
  cells: required(listOf(aCell)),
};

/** What {@link StackedRNNCells} takes. */
export interface StackedRNNCellsOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Several cells on top of each other as one cell; its states are a list with the states of each cell.
 * Source: Keras 3.6 `layers/rnn/stacked_rnn_cells.py`.
 *
 * @example
 * const cell = new StackedRNNCells({ cells: [new LSTMCell({ units: 8 }), new LSTMCell({ units: 4 })] });
 * const y = new RNN({ cell }).apply(Input({ shape: [null, 3] }));
 */
export class StackedRNNCells extends kerasLayer("StackedRNNCells", fields, cellCall)<StackedRNNCellsOptions> {
  get state_size(): StateSize[] {
    const sizes = () => this.cells.map((cell) => cell.state_size);
    return within(sizes, () => placeOf(this), ModelError);
  }

  get output_size(): number {
    const size = () => outputSize(this.#stack().at(-1)!);
    return within(size, () => placeOf(this), ModelError);
  }

  override build(shape: Shape): void {
    const [batch = null] = shape;
    let input = shape;
    for (const cell of this.#stack()) {
      cell.buildOn(input);
      input = [batch, outputSize(cell)];
    }
  }

  getInitialState(batch: Dimension): States {
    return this.cells.map((cell) => initialState(cell, batch));
  }

  start(like: Numeric, training: boolean): CellRun {
    const [first, ...others] = this.#stack().map((cell) => startCell(cell, like, training)) as [
      CellRun,
      ...CellRun[],
    ];
    return {
      project: first.project,
      step: (projected, states) => {
        const [before, ...rest] = this.#each(states);
        let [output, after] = first.step(projected, before);
        const all: [States, ...States[]] = [after];
        for (const [{ project, step }, state] of pairs(others, rest)) {
          [output, after] = step(project(output), state);
          all.push(after);
        }
        return [output, all.length === 1 ? all[0] : all];
      },
    };
  }

  override call(x: Numeric, rest: CellArguments): readonly [Numeric, States] {
    return callOnce(this, x, rest);
  }

  /** The cells, one of which there must be to compute anything. */
  #stack(): typeof this.cells {
    if (this.cells.length === 0) throw this.problem("expected at least one cell, received [].");
    return this.cells;
  }

  /** The states of each cell. */
  #each(states: States): readonly [States, ...States[]] {
    const { cells } = this;
    const list = cells.length === 1 && !Array.isArray(states) ? [states] : states;
    if (!Array.isArray(list) || list.length !== cells.length) {
      const received = Array.isArray(list) ? list.length : "a tensor";
      throw this.problem(`expected states of each of ${cells.length} cells, received ${received}.`);
    }
    for (const [i, cell] of cells.entries())
      checkStates(this, `states of cell ${i}`, list[i], cell.state_size);
    return list as readonly States[] as readonly [States, ...States[]];
  }

  protected override objectsInside(): Readonly<Record<string, unknown>> {
    return { cells: this.cells };
  }
}
