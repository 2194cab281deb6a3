import { usual } from "../../dialects/tfjs/nearest.ts";
import { parseDialect } from "../../dialects/version.ts";
import { type Operation, splitKeywords } from "../../graph/graph.ts";
import { isFolded } from "../../graph/unfolded.ts";
import { called, type Reader } from "../unfolding.ts";

/** Functions of TensorFlow, as models of Keras 2 call them, become operations: what is written out further on. */
export const tensorflowCalls: Reader = {
  dialect: parseDialect(usual)!,
  becomes: "operations",
  lacks: isTensorflowCall,
  layer(layer) {
    if (!isFolded(layer)) return null;
    if (layer.inboundNodes.some(({ args, kwargs }) => layer.unfold(args, kwargs) === undefined)) return null;
    const calls = (...given: readonly unknown[]) => {
      const { positional, kwargs } = splitKeywords(layer, given);
      return layer.unfold(positional, kwargs) as never;
    };
    return called(calls, null, "is operations now.");
  },
  operation: () => undefined,
};

function isTensorflowCall(operation: Operation): boolean {
  return isFolded(operation) && operation.ended !== undefined;
}
