import { rowOf } from "../../../dialects/keras-2/tensorflow/rows.ts";
import type { Arguments, GraphParts, Keywords } from "../../../graph/graph.ts";
import { KerasTensor, placeOf } from "../../../graph/graph.ts";
import { structure, takes } from "../../../graph/signature.ts";
import { type Folded, unfolded } from "../../../graph/unfolded.ts";
import { calling, runCalling } from "../../../program/calling.ts";
import { Value } from "../../../program/value.ts";
import { MissingCode } from "../../../registry/opaque.ts";
import { Layer } from "../../layer.ts";
import { GivenArguments } from "./arguments.ts";
import { withFloats } from "./floats.ts";
import { computeBySizes } from "./size-functions.ts";
import { noteSource, shapeSource } from "./size-sources.ts";
import { carrySizes } from "./sizes.ts";
import { computeSteps } from "./steps.ts";

/** What a call takes first; all else is by name, as the function has it. */
export const tensorflowCall = takes("x", { x: structure() });

/** A layer of tf.keras that calls a function of TensorFlow. Its arguments are as the function takes them. */
export abstract class TensorflowLayer extends Layer<typeof tensorflowCall> implements Folded {
  static override readonly isBuiltAtOnce = true;

  /** The function, without `tf.`, and the arguments that it is called with. */
  abstract called(
    args: Arguments,
    kwargs: Keywords,
  ): { readonly name: string; readonly args: Arguments; readonly kwargs: Keywords };

  override invoke(args: Arguments, kwargs: Keywords): unknown {
    const result = super.invoke(withFloats(args), withFloats(kwargs));
    const { name, args: own, kwargs: named } = this.called(args, kwargs);
    if (own[0] instanceof KerasTensor) noteSource(name, own[0], named, result);
    return result;
  }

  unfold(args: Arguments, kwargs: Keywords): unknown {
    const { name, args: own, kwargs: named } = this.called(withFloats(args), withFloats(kwargs));
    // Sizes stay what they are for those who can say them otherwise.
    if (name === "__operators__.getitem" && own[0] instanceof KerasTensor && shapeSource(own[0]))
      return undefined;
    const given = new GivenArguments(own, named);
    const problem = rowOf(name)?.(given.call);
    if (problem !== undefined || given.call.steps.length === 0) return undefined;
    return computeSteps(given.call.steps, given, this.name);
  }

  ended(args: Arguments, kwargs: Keywords): string {
    const called = `${this.constructor.className} of tf.${this.called(args, kwargs).name}`;
    return `expected a call that operations of Keras 3 can say, received ${called}, which ended with Keras 2.`;
  }

  override unfolded<T>(graph: GraphParts, write: (graph: GraphParts) => T): T {
    return unfolded(graph, write);
  }

  protected override compute(args: Arguments, kwargs: Keywords): unknown {
    const { name, args: own, kwargs: named } = this.called(args, kwargs);
    const given = new GivenArguments(own, named);
    const isOfShapes =
      calling().within === null &&
      given.operands.some((operand) => operand instanceof Value && operand.builder === null);
    const make = () => this.#result(name, given);
    return isOfShapes ? runCalling({ within: { builder: null } }, make) : make();
  }

  #result(name: string, given: GivenArguments): unknown {
    const row = rowOf(name);
    const problem = row ? row(given.call) : "is not known here";
    const result =
      problem === undefined ? computeSteps(given.call.steps, given, this.name) : computeBySizes(name, given);
    if (result === undefined) {
      throw new MissingCode(
        placeOf(this),
        `expected a function of TensorFlow that can be computed here, received tf.${name}, which ${problem}.`,
      );
    }
    carrySizes(name, given, result);
    return result;
  }
}
