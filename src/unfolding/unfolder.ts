import type { Issue } from "../errors.ts";
import type { CallArgument } from "../graph/graph.ts";
import { type KerasTensor, nameUnsaid, type Operation, placeOf } from "../graph/graph.ts";
import { Layer } from "../layers/layer.ts";
import { cloneModel } from "../models/clone-model.ts";
import { copyWeights } from "../models/copy-weights.ts";
import { shareWeights } from "../models/held-open.ts";
import type { Model } from "../models/model.ts";
import { type GraphModel, isGraphModel, isStackModel, type StackModel } from "../models/plain-class.ts";
import { Sequential } from "../models/sequential.ts";
import { copyObject } from "../registry/configurable.ts";
import { lacks } from "./lacks.ts";
import { unfoldingOf } from "./rows.ts";
import { copyScaled } from "./scaled.ts";
import type { Target, Unfolding } from "./unfolding.ts";

/** Makes a model of another one, on every level. */
export class Unfolder {
  readonly notices: Issue[] = [];
  readonly #target: Target;
  readonly #clones = new Map<Operation, Operation>();
  /** What has the weights of a layer. */
  readonly #holders = new Map<Layer, Layer>();
  /** What is called in place of a clone. */
  readonly #calls = new Map<Operation, Unfolding>();

  constructor(target: Target) {
    this.#target = target;
  }

  unfold(model: GraphModel | StackModel): Model {
    const cloneFunction = (layer: Layer) => this.#clone(layer, isStackModel(model)) as Layer;
    const cache = this.#clones;
    if (isStackModel(model)) return cloneModel<Model>(model, { cloneFunction, cache });
    const callFunction = (layer: Layer, ...args: CallArgument[]) => this.#call(layer, args);
    return cloneModel<Model>(model, { cloneFunction, callFunction, cache });
  }

  /** Gives the model that was made the weights of the other one. */
  copyWeights(model: Model, unfolded: Model): void {
    const { factors } = this.#target;
    for (const [layer, holder] of this.#holders)
      copyWeights(
        layer,
        holder,
        (each) => this.#clones.get(each),
        (from, to) => {
          const columns = factors.get(from);
          if (columns) copyScaled(from, to, columns);
          else to.copyFrom(from);
        },
      );
    shareWeights(model, unfolded);
  }

  /** What takes the place of an operation, in a list of layers or where it is called. */
  #clone(operation: Operation, isListed: boolean): Operation {
    if (isGraphModel(operation) || isStackModel(operation)) return this.unfold(operation);
    const isLayer = operation instanceof Layer;
    const found =
      isLayer && lacks(this.#target.dialect, operation) ? unfoldingOf(operation, this.#target) : null;
    if (!isLayer || !found) return this.#copy(operation);
    const { layers, holder, says } = found;
    this.notices.push({ path: placeOf(operation), message: says });
    if (holder) this.#holders.set(operation, holder);
    const [only, ...others] = layers ?? [];
    if (only && others.length === 0) return only;
    if (isListed) return asOne(operation, found);
    const place = this.#copy(operation);
    this.#calls.set(place, found);
    return place;
  }

  #copy(operation: Operation): Operation {
    const copy = copyObject(operation);
    nameUnsaid(copy, operation.name);
    if (operation instanceof Layer && copy instanceof Layer && !this.#holders.has(operation))
      this.#holders.set(operation, copy);
    return copy;
  }

  #call(layer: Layer, args: readonly CallArgument[]): unknown {
    const found = this.#calls.get(layer);
    // at most 1,000: mostArguments of cloneModel
    return found ? found.calls(args[0] as KerasTensor) : layer.apply(...args);
  }
}

function asOne({ name }: Layer, { layers }: Unfolding): Layer {
  return new Sequential(layers, { name });
}
