import { ModelError } from "../errors.ts";
import { type KerasTensor, type Node, type Operation, placeOf } from "../graph/graph.ts";
import { maskOf, setMask } from "../graph/mask.ts";
import { flatten, isListOfOne, type Nested, packLike } from "../graph/nested.ts";
import { orderGraph } from "../graph/order.ts";
import { quote } from "../json/quote.ts";
import { type Spec, Value } from "../program/value.ts";
import { sameShape } from "../tensor/shape.ts";
import { runGraph } from "./run-graph.ts";
import { standardizeInputs } from "./standardize-inputs.ts";

/** The calls from a model's inputs to its outputs: all of a Functional, and what a Sequential is once it is built. */
export class CallGraph {
  readonly inputStructure: Nested<KerasTensor>;
  readonly outputStructure: Nested<KerasTensor>;
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  /** All calls, in the order they run. */
  readonly nodes: readonly Node[];
  readonly operations: readonly Operation[];
  /** Whose it is, for messages. */
  readonly #model: Operation;

  constructor(model: Operation, inputs: Nested<KerasTensor>, outputs: Nested<KerasTensor>) {
    this.#model = model;
    this.inputStructure = inputs;
    this.outputStructure = outputs;
    this.inputs = flatten(inputs);
    this.outputs = flatten(outputs);
    const { nodes, operations, disconnected } = orderGraph(this.inputs, this.outputs);
    this.nodes = nodes;
    this.operations = operations;
    checkGraph(placeOf(model), operations, disconnected);
  }

  /** What the model gives for other inputs. */
  call(inputs: Nested<unknown>, mask: unknown): unknown {
    const flat = standardizeInputs(this.#model, this.inputStructure, inputs, mask);
    if (this.#isAsBuilt(flat)) {
      return this.#packed(this.outputs.map(({ value }) => likeBuilt(value)));
    }
    const values = new Map<KerasTensor, unknown>(this.inputs.map((tensor, i) => [tensor, flat[i]]));
    runGraph(this.nodes, values, (operation, args, kwargs) => operation.invoke(args, kwargs));
    return this.#packed(this.outputs.map((tensor) => values.get(tensor)));
  }

  /** One output in a list comes out alone; only a call on KerasTensors gives the list, as in Keras. */
  #packed(outputs: readonly unknown[]): Nested<unknown> {
    const packed = packLike(this.outputStructure, outputs);
    return isListOfOne(packed) ? packed[0] : packed;
  }

  /** Abstract values of the very shapes it was built with give what it was built to; masks that come in are not looked at. */
  #isAsBuilt(flat: readonly unknown[]): boolean {
    return flat.every(
      (value, i) => value instanceof Value && !value.builder && sameShape(value.shape, this.inputs[i]!.shape),
    );
  }
}

/** An abstract value like another one, with a mask like its. */
function likeBuilt(value: Spec): Value {
  const like = new Value(value.shape, value.dtype);
  const mask = maskOf(value);
  if (mask) setMask(like, likeBuilt(mask));
  return like;
}

function checkGraph(
  path: string,
  operations: readonly Operation[],
  disconnected: readonly KerasTensor[],
): void {
  const counts = new Map<string, number>();
  for (const operation of operations) counts.set(operation.name, (counts.get(operation.name) ?? 0) + 1);
  const issues = [...counts]
    .filter(([, count]) => count > 1)
    .map(([used, count]) => ({
      path,
      message: `expected unique names of layers and operations, received ${quote(used)} ${count} times.`,
    }));
  for (const output of disconnected) {
    issues.push({
      path,
      message: `expected outputs that depend on the inputs only, received ${output}, which does not.`,
    });
  }
  if (issues.length > 0) throw new ModelError(issues);
}
