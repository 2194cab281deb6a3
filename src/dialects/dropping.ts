import type { ErrorClass, Issue } from "../errors.ts";
import { aCallback, checkOption, type OptionKind } from "../json/check-options.ts";
import type { OnDropped } from "./lacks.ts";

/** What becomes of what a version of Keras, or TensorFlow.js, has no word for. */
export interface DropOptions {
  /**
   * `"optional"` leaves it out where that changes neither what the model computes nor which weights it has: seeds, penalties,
   * constraints and initializers, losses and metrics, options of the optimizer. Defaults to none: one error names every layer,
   * key and value.
   */
  readonly drop?: "optional" | null | undefined;
  /** Told of each thing that is left out. */
  readonly onNotice?: ((issue: Issue) => void) | null | undefined;
}

/** What can be left out. */
export const whatToDrop: OptionKind = ['"optional"', (given) => given === "optional"];

export function checkDropping(where: string, options: DropOptions, kind?: ErrorClass): void {
  checkOption(where, options, "drop", whatToDrop, kind);
  checkOption(where, options, "onNotice", aCallback, kind);
}

/** Who is told of what is left out; null where nothing is. */
export function droppedTo({ drop, onNotice }: DropOptions): OnDropped | null {
  return drop == null ? null : (issue) => onNotice?.(issue);
}
