import type { JsonValue } from "../../../json/json.ts";
import type { Call, Rows } from "./call.ts";
import { unary } from "./elementwise.ts";
import type { Part } from "./part.ts";

const lastTwo = { axis1: -2, axis2: -1 };

function matmul(call: Call): undefined {
  const turned = (x: Part, ...keys: string[]) =>
    keys.some((key) => call.value(key) === true) ? call.emit("numpy.Swapaxes", [x], lastTwo) : x;
  const a = turned(call.x, "transpose_a", "adjoint_a");
  const b = turned(call.part("b"), "transpose_b", "adjoint_b");
  call.emit("numpy.Matmul", [a, b]);
}

/** The axes of each tensor in a list of its own. */
function axesOf(axes: JsonValue): JsonValue {
  return Array.isArray(axes) ? axes.map((axis) => (Array.isArray(axis) ? axis : [axis])) : axes;
}

function solve(call: Call): string | undefined {
  if (call.value("adjoint") === true) return "turns the matrix first";
  call.emit("linalg.Solve", [call.x, call.part("rhs")]);
  return undefined;
}

function inv(call: Call): undefined {
  const inverse = call.emit("linalg.Inv", [call.x]);
  if (call.value("adjoint") === true) call.emit("numpy.Swapaxes", [inverse], lastTwo);
}

/** Products of matrices, and what solves equations. */
export const products: Rows = {
  "linalg.matmul": matmul,
  tensordot: (call) =>
    void call.emit("numpy.Tensordot", [call.x, call.part("b")], { axes: axesOf(call.value("axes")) }),
  einsum: () => "has its formula alone in the file: the tensors that it takes were not written",
  "linalg.det": unary("linalg.Det"),
  "linalg.inv": inv,
  "linalg.solve": solve,
  "linalg.cholesky": (call) => void call.emit("linalg.Cholesky", [call.x], { upper: false }),
  "linalg.cross": (call) =>
    void call.emit("numpy.Cross", [call.x, call.part("b")], { axisa: -1, axisb: -1, axisc: -1, axis: null }),
};
