import type { Call, Row, Rows } from "./call.ts";
import { unary } from "./elementwise.ts";
import { listOf, type Part, part } from "./part.ts";

function softmax(path: string): Row {
  return (call) =>
    void call.emit(path, [call.x], { axis: call.has("dim") ? call.part("dim") : call.part("axis", -1) });
}

function crelu(call: Call): undefined {
  const both = [
    call.emit("nn.Relu", [call.x]),
    call.emit("nn.Relu", [call.emit("numpy.Negative", [call.x])]),
  ];
  call.emit("numpy.Concatenate", [part(listOf(both))], { axis: call.part("axis", -1) });
}

/** The sum of squares along axes, which stay. */
export function squaresOf(call: Call, x: Part, axis: Part): Part {
  return call.emit("numpy.Sum", [call.emit("numpy.Square", [x])], { axis, keepdims: true });
}

function l2Normalize(call: Call): undefined {
  const squares = squaresOf(call, call.x, call.any("axis", "dim"));
  const bounded = call.emit("numpy.Maximum", [squares, call.part("epsilon", 1e-12)]);
  call.emit("numpy.Multiply", [call.x, call.emit("math.Rsqrt", [bounded])]);
}

function clipByNorm(call: Call): undefined {
  const most = call.part("clip_norm");
  const length = call.emit("numpy.Sqrt", [squaresOf(call, call.x, call.part("axes"))]);
  const scaled = call.emit("numpy.Multiply", [call.x, most]);
  call.emit("numpy.TrueDivide", [scaled, call.emit("numpy.Maximum", [length, most])]);
}

function silu(call: Call): undefined {
  if (!call.has("beta") || call.value("beta") === 1) call.emit("nn.Silu", [call.x]);
  else {
    const gate = call.emit("nn.Sigmoid", [call.emit("numpy.Multiply", [call.x, call.part("beta")])]);
    call.emit("numpy.Multiply", [call.x, gate]);
  }
}

/** Activations, and what brings vectors to a length. */
export const activations: Rows = {
  "nn.relu": unary("nn.Relu"),
  "nn.relu6": unary("nn.Relu6"),
  "nn.elu": (call) => void call.emit("nn.Elu", [call.x], { alpha: part(1) }),
  "nn.selu": unary("nn.Selu"),
  "nn.silu": silu,
  "nn.swish": silu,
  "nn.softsign": unary("nn.Softsign"),
  "nn.leaky_relu": (call) =>
    void call.emit("nn.LeakyRelu", [call.x], { negative_slope: call.part("alpha", 0.2) }),
  "nn.gelu": (call) => void call.emit("nn.Gelu", [call.x], { approximate: call.part("approximate", false) }),
  "nn.softmax": softmax("nn.Softmax"),
  "nn.log_softmax": softmax("nn.LogSoftmax"),
  "compat.v1.nn.softmax": softmax("nn.Softmax"),
  "compat.v1.nn.log_softmax": softmax("nn.LogSoftmax"),
  "compat.v1.nn.crelu": crelu,
  "nn.crelu": crelu,
  "math.l2_normalize": l2Normalize,
  "compat.v1.math.l2_normalize": l2Normalize,
  "nn.l2_loss": (call) =>
    void call.emit("numpy.TrueDivide", [
      call.emit("numpy.Sum", [call.emit("numpy.Square", [call.x])], { axis: null, keepdims: false }),
      part(2),
    ]),
  clip_by_norm: clipByNorm,
};
