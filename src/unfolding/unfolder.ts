import type { Issue } from "../errors.ts";
import type { CallArgument } from "../graph/graph.ts";
import { type KerasTensor, nameUnsaid, type Operation, placeOf } from "../graph/graph.ts";
import { keepingNames } from "../graph/naming.ts";
import type { Nested } from "../graph/nested.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import { Layer } from "../layers/layer.ts";
import { cloneModel } from "../models/clone-model.ts";
import { copyWeights } from "../models/copy-weights.ts";
import { Functional } from "../models/functional.ts";
import { shareWeights } from "../models/held-open.ts";
import type { Model } from "../models/model.ts";
import { type GraphModel, isGraphModel, isStackModel, type StackModel } from "../models/plain-class.ts";
import { Sequential } from "../models/sequential.ts";
import type { Variable } from "../program/variable.ts";
import { copyObject } from "../registry/configurable.ts";
import { Names } from "./names.ts";
import { unfoldCall } from "./operations/index.ts";
import { copyMade, scaled } from "./scaled.ts";
import type { Move, Reader, Target, Unfolding } from "./unfolding.ts";

type Calls = (...args: readonly unknown[]) => Nested<KerasTensor>;

/** Makes a model of another one, on every level. */
export class Unfolder {
  readonly notices: Issue[] = [];
  readonly #model: Model;
  readonly #reader: Reader;
  readonly #target: Target;
  readonly #names: Names;
  readonly #clones = new Map<Operation, Operation>();
  /** What has the weights of a layer. */
  readonly #holders = new Map<Layer, Layer>();
  readonly #moves: NonNullable<Unfolding["moves"]>[] = [];
  /** What stands in lists of layers, where one layer has to take its place wherever else it is called. */
  readonly #listed: ReadonlySet<Operation>;
  /** What is called in place of a clone. */
  readonly #calls = new Map<Operation, Calls>();

  constructor(model: Model, reader: Reader) {
    this.#model = model;
    this.#reader = reader;
    const models = withInside(model);
    this.#names = new Names(models);
    this.#listed = new Set(models.flatMap((each) => (isStackModel(each) ? each.layers : [])));
    this.#target = { dialect: reader.dialect, factors: new Map(), free: (name) => this.#names.free(name) };
  }

  unfold(model: GraphModel | StackModel): Model {
    const cache = this.#clones;
    const cloneFunction = (layer: Layer) => this.#clone(layer) as Layer;
    if (isStackModel(model)) return cloneModel<Model>(model, { cloneFunction, cache });
    const callFunction = (layer: Layer, ...args: CallArgument[]) => this.#call(layer, args);
    return cloneModel<Model>(model, { cloneFunction, callFunction, cache });
  }

  /** Gives the model that was made the weights of the other one. */
  copyWeights(unfolded: Model): void {
    const cloneOf = (each: Operation) => this.#clones.get(each);
    for (const [layer, holder] of this.#holders) copyWeights(layer, holder, cloneOf, this.#copyWeight);
    for (const moves of this.#moves) for (const [from, to, make] of moves()) this.#copyWeight(from, to, make);
    shareWeights(this.#model, unfolded);
  }

  readonly #copyWeight = (from: Variable, to: Variable, make?: Move[2]): void => {
    const columns = this.#target.factors.get(from);
    if (make) copyMade(from, to, make);
    else if (columns) copyMade(from, to, (value) => scaled(value, columns));
    else to.copyFrom(from);
  };

  /** What takes the place of an operation, in a list of layers or where it is called. */
  #clone(operation: Operation): Operation {
    if (isGraphModel(operation) || isStackModel(operation)) return this.unfold(operation);
    if (!this.#reader.lacks(operation)) return this.#copy(operation);
    if (!(operation instanceof Layer)) return this.#cloneCalls(operation);
    const found = keepingNames(() => this.#reader.layer(operation, this.#target));
    if (!found) return this.#copy(operation);
    const { layers, holder, says, moves, calls } = found;
    this.#tell(operation, says);
    if (holder) this.#holders.set(operation, holder);
    if (moves) this.#moves.push(moves);
    if (layers?.length === 1) return layers[0]!;
    if (this.#listed.has(operation)) return this.#asOne(operation, found);
    const place = copyOf(operation);
    this.#calls.set(place, (x, ...rest) =>
      // at most 1,000: mostArguments of cloneModel
      this.#named(operation, [x, ...rest], () => calls(x as KerasTensor, ...rest)),
    );
    return place;
  }

  #cloneCalls(operation: Operation): Operation {
    const place = copyOf(operation);
    const row = this.#reader.operation(operation);
    if (!row) return place;
    this.#calls.set(place, (...args) => {
      // at most 1,000: mostArguments of cloneModel
      const otherwise = () => (place as Layer).apply(...(args as [KerasTensor]));
      const made = this.#named(operation, args, () => unfoldCall(operation, row, args));
      if (made !== null) this.#tell(operation, `is written out as ${this.#reader.becomes}.`);
      return made ?? otherwise();
    });
    return place;
  }

  #copy(operation: Operation): Operation {
    const copy = copyOf(operation);
    if (operation instanceof Layer && copy instanceof Layer) this.#holders.set(operation, copy);
    return copy;
  }

  #call(layer: Layer, args: readonly CallArgument[]): unknown {
    const calls = this.#calls.get(layer);
    // at most 1,000: mostArguments of cloneModel
    return calls ? calls(...args) : layer.apply(...args);
  }

  /** Calls, with names that say what they stand for. */
  #named<T extends Nested<KerasTensor> | null>(
    operation: Operation,
    args: readonly unknown[],
    make: () => T,
  ): T {
    const made = keepingNames(make);
    if (made !== null) this.#names.nameCalls(args.flat(), made, operation);
    return made;
  }

  /** Several layers, or calls, as a model of the layer's name. */
  #asOne(layer: Layer, { layers, calls }: Unfolding): Layer {
    const { name, inboundNodes } = layer;
    if (layers) return new Sequential(layers, { name });
    const given = inboundNodes[0]?.inputs[0];
    const { shape: batch_shape = [], dtype = "float32" } = given ?? {};
    const { output: inputs } = new InputLayer({
      batch_shape,
      dtype,
      name: this.#names.free(`${name}_input`),
    });
    const outputs = this.#named(layer, [inputs], () => calls(inputs));
    return new Functional({ inputs, outputs, name });
  }

  #tell(operation: Operation, message: string): void {
    const path = placeOf(operation);
    if (this.notices.every((notice) => notice.path !== path || notice.message !== message))
      this.notices.push({ path, message });
  }
}

/** A model and those inside it, on every level. */
function withInside(model: Model): readonly Model[] {
  const found = new Set([model]);
  for (const each of found)
    for (const operation of each.operations) if ("operations" in operation) found.add(operation as Model);
  return [...found];
}

function copyOf(operation: Operation): Operation {
  const copy = copyObject(operation);
  nameUnsaid(copy, operation.name);
  return copy;
}
