import { ShapeError } from "../errors.ts";
import { bool, int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { mayFit } from "../program/rules/fit.ts";
import { formatShape } from "../tensor/shape.ts";
import { axisOf } from "./axes.ts";
import { binary } from "./define.ts";
import { oneHotOf } from "./indexing.ts";
import { asDType, asFloat, asOperand, type OperandLike, promote, rankOf, shapeOf } from "./operands.ts";
import { reduce, without } from "./reduction.ts";

const EPSILON = 1e-7;
const CALL = { tensors: ["target", "output"] };
const fields = () => ({
  /** Whether the output is from before a softmax. Defaults to false. */
  from_logits: bool(false),
  /** The axis of the classes. Defaults to -1. */
  axis: int(-1),
});

/** How unlikely the classes are, by probabilities (or logits) along an axis; the target has probabilities too. */
export const categoricalCrossentropy = /* @__PURE__ */ binary(
  "nn.CategoricalCrossentropy",
  (target, output, { from_logits, axis }) => {
    sameShapes("categoricalCrossentropy", target, output);
    return expectation(target, logProbabilities(output, from_logits, axis), axis);
  },
  fields,
  CALL,
);

/** The same with the class's number as target. */
export const sparseCategoricalCrossentropy = /* @__PURE__ */ binary(
  "nn.SparseCategoricalCrossentropy",
  (target, output, { from_logits, axis }) => {
    const shape = shapeOf(output);
    const at = axisOf(axis, shape.length, "sparseCategoricalCrossentropy");
    const classes = shape[at];
    if (typeof classes !== "number")
      throw new ShapeError("sparseCategoricalCrossentropy", "expected a known number of classes.");
    const isWide = rankOf(target) === shape.length && shapeOf(target).at(-1) === 1;
    const labels = isWide ? without(asOperand(target) as Numeric, [shape.length - 1]) : target;
    if (!mayFit(shapeOf(labels), shape.toSpliced(at, 1)))
      throw new ShapeError(
        "sparseCategoricalCrossentropy",
        `expected a target of the shape of output without its classes, received ${formatShape(shapeOf(target))} and ${formatShape(shape)}.`,
      );
    const log = logProbabilities(output, from_logits, axis);
    return expectation(oneHotOf(labels, classes, axis, "float32"), log, axis);
  },
  fields,
  CALL,
);

/** How unlikely each truth is, by its probability or logit. */
export const binaryCrossentropy = /* @__PURE__ */ binary(
  "nn.BinaryCrossentropy",
  (target, output, { from_logits }) => {
    sameShapes("binaryCrossentropy", target, output);
    const [truth, given] = promote([target, asFloat(output)]);
    const like = (value: number) => asDType(value, dtypeOf(given));
    const [yes, no] = from_logits ? logSigmoids(given) : logs(given, like);
    const untruth = prim("sub", [like(1), truth]);
    return prim("neg", [prim("add", [prim("mul", [truth, yes]), prim("mul", [untruth, no])])]);
  },
  () => ({
    /** Whether the output is from before a sigmoid. Defaults to false. */
    from_logits: bool(false),
  }),
  CALL,
);

function expectation(target: OperandLike, log: Numeric, axis: number): Numeric {
  return prim("neg", [reduce("reduce_sum", prim("mul", promote([target, log])), axis, false)]);
}

function logProbabilities(output: OperandLike, fromLogits: boolean, axis: number): Numeric {
  const operand = asFloat(output);
  if (fromLogits)
    return prim("log_softmax", [operand], { axis: axisOf(axis, rankOf(operand), "crossentropy") });
  const shares = prim("div", [operand, reduce("reduce_sum", operand, axis, true)]);
  return prim("log", [prim("clamp", [shares], { min: EPSILON, max: 1 - EPSILON })]);
}

function logs(output: Operand, like: (value: number) => Operand): [Numeric, Numeric] {
  const share = prim("clamp", [output], { min: EPSILON, max: 1 - EPSILON });
  return [prim("log", [share]), prim("log", [prim("sub", [like(1), share])])];
}

function logSigmoids(logits: Operand): [Numeric, Numeric] {
  const rest = prim("log1p", [prim("exp", [prim("neg", [prim("abs", [logits])])])]);
  const negative = prim("neg", [logits]);
  const logSigmoid = (of: Operand) => prim("neg", [prim("add", [prim("relu", [of]), rest])]);
  return [logSigmoid(negative), logSigmoid(logits)];
}

function sameShapes(name: string, target: OperandLike, output: OperandLike): void {
  const [a, b] = [shapeOf(target), shapeOf(output)];
  if (mayFit(a, b)) return;
  throw new ShapeError(
    name,
    `expected target and output of one shape, received ${formatShape(a)} and ${formatShape(b)}.`,
  );
}
