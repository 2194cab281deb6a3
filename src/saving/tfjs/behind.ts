import { type KerasTensor, nodeOf, type Operation, signatureOf } from "../../graph/graph.ts";
import { maskOf } from "../../graph/mask.ts";
import { Layer } from "../../layers/layer.ts";
import { Model } from "../../models/model.ts";

const leaveStepsOut: ReadonlySet<string> = new Set([
  ...["Bidirectional", "ConvLSTM2D", "GRU", "LSTM", "RNN", "SimpleRNN"],
]);

/** Layers that compute of some steps what these are, and hand the mask on. */
const stepByStep: ReadonlySet<string> = new Set([
  ...[
    "Activation",
    "AlphaDropout",
    "BatchNormalization",
    "Dense",
    "Dropout",
    "GaussianDropout",
    "GaussianNoise",
  ],
  ...["LayerNormalization", "Masking", "PReLU", "ReLU", "SpatialDropout1D", "TimeDistributed"],
]);

/** What lies behind tensors of a model, and of the models in it. */
export class Behind {
  readonly #uses = new Map<KerasTensor, Operation[]>();
  readonly #outputs = new Set<KerasTensor>();
  readonly #idle = new Map<Operation, boolean>();

  constructor(model: Model) {
    const pending: Model[] = [model];
    const seen = new Set<Model>(pending);
    for (const { operations, outputs } of pending) {
      for (const tensor of outputs) this.#outputs.add(tensor);
      for (const operation of operations) {
        if (operation instanceof Model && !seen.has(operation)) {
          seen.add(operation);
          pending.push(operation);
        }
        for (const { inputs } of operation.inboundNodes)
          for (const tensor of inputs) this.#usesOf(tensor).push(operation);
      }
    }
  }

  /**
   * Whether something behind these tensors computes by their masks; a model may. With `areMasked` they have some, though
   * nothing says so, and what hands masks on has them too.
   */
  isMaskUsed(tensors: readonly KerasTensor[], areMasked: boolean): boolean {
    const pending = tensors.map((tensor) => ({ tensor, areMasked }));
    const seen = new Set<Operation>();
    for (const { tensor, areMasked } of pending) {
      if (!areMasked && !isMasked(tensor)) continue;
      for (const operation of this.#usesOf(tensor)) {
        if (operation instanceof Model || leaveStepsOut.has(operation.constructor.className)) return true;
        if (seen.has(operation)) continue;
        seen.add(operation);
        const handsOn = areMasked && operation instanceof Layer && operation.supportsMasking;
        for (const output of outputsOf(operation)) pending.push({ tensor: output, areMasked: handsOn });
      }
    }
    return false;
  }

  /** Whether nothing behind these tensors looks at their masks, and no output has one. */
  isMaskIdle(tensors: readonly KerasTensor[]): boolean {
    const pending = [...tensors];
    const seen = new Set<KerasTensor>();
    for (const tensor of pending) {
      if (seen.has(tensor) || !isMasked(tensor)) continue;
      seen.add(tensor);
      if (this.#outputs.has(tensor)) return false;
      for (const operation of this.#usesOf(tensor)) {
        if (operation instanceof Model || signatureOf(operation).masks.length > 0) return false;
        for (const output of outputsOf(operation)) pending.push(output);
      }
    }
    return true;
  }

  /** Whether a tensor has a mask that goes on into what is written: an Embedding whose mask is idle makes none there. */
  isMasked(tensor: KerasTensor): boolean {
    const pending = [tensor];
    const seen = new Set<KerasTensor>();
    for (const one of pending) {
      if (seen.has(one) || !isMasked(one)) continue;
      seen.add(one);
      const { operation, inputs } = nodeOf(one);
      if (!inputs.some(isMasked) && !this.#isIdle(operation)) return true;
      for (const input of inputs) pending.push(input);
    }
    return false;
  }

  #isIdle(operation: Operation): boolean {
    const known = this.#idle.get(operation);
    if (known !== undefined) return known;
    const isIdle = operation.constructor.className === "Embedding" && this.isMaskIdle(outputsOf(operation));
    this.#idle.set(operation, isIdle);
    return isIdle;
  }

  /** Whether something behind these tensors takes the steps that their masks leave out. */
  isWholeTaken(tensors: readonly KerasTensor[]): boolean {
    const pending = [...tensors];
    const seen = new Set<Operation>();
    for (const tensor of pending) {
      if (this.#outputs.has(tensor)) return true;
      for (const operation of this.#usesOf(tensor)) {
        const { className } = operation.constructor;
        if (leaveStepsOut.has(className) || seen.has(operation)) continue;
        if (!stepByStep.has(className)) return true;
        seen.add(operation);
        for (const output of outputsOf(operation)) pending.push(output);
      }
    }
    return false;
  }

  #usesOf(tensor: KerasTensor): Operation[] {
    const known = this.#uses.get(tensor);
    if (known) return known;
    const uses: Operation[] = [];
    this.#uses.set(tensor, uses);
    return uses;
  }
}

/** Whether a tensor carries a mask. */
export function isMasked({ value }: KerasTensor): boolean {
  return maskOf(value) !== null;
}

/** What all calls of an operation give. */
export function outputsOf({ inboundNodes }: Operation): readonly KerasTensor[] {
  return inboundNodes.flatMap(({ outputs }) => outputs);
}
