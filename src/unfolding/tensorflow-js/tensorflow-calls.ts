import { usual } from "../../dialects/tfjs/nearest.ts";
import { parseDialect } from "../../dialects/version.ts";
import { type Operation, splitKeywords } from "../../graph/graph.ts";
import { called, type Reader } from "../unfolding.ts";

/** A layer of Keras 2 that calls a function of TensorFlow. */
interface TensorflowCall extends Operation {
  unfold(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): unknown;
}

/** Functions of TensorFlow, as models of Keras 2 call them, become operations: what is written out further on. */
export const tensorflowCalls: Reader = {
  dialect: parseDialect(usual)!,
  becomes: "operations",
  lacks: isTensorflowCall,
  layer(layer) {
    const { unfold, inboundNodes } = layer as unknown as TensorflowCall;
    const make = (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) =>
      unfold.call(layer, args, kwargs);
    if (!inboundNodes.every(({ args, kwargs }) => make(args, kwargs) !== undefined)) return null;
    const calls = (...given: readonly unknown[]) => {
      const { positional, kwargs } = splitKeywords(layer, given);
      return make(positional, kwargs) as never;
    };
    return called(calls, null, "is operations now.");
  },
  operation: () => undefined,
};

function isTensorflowCall(operation: Operation): boolean {
  return "unfold" in operation && "ended" in operation;
}
