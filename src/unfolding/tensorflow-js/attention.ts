import type { KerasTensor } from "../../graph/graph.ts";
import type { Attention } from "../../layers/attention/attention.ts";
import { callsOf, saysOnly } from "../given.ts";
import { called, type Row } from "../unfolding.ts";
import { Scores } from "./scores.ts";

/** Without a scale or masks. */
const attention: Row = (layer: Attention, { free }) => {
  const { name, dropout, use_scale, score_mode } = layer;
  const isPlain = callsOf(layer).every((given) => saysOnly(given, "inputs"));
  if (!isPlain || use_scale || score_mode !== "dot") return null;
  const scores = new Scores(dropout, (part) => (part === "attention" ? name : free(`${name}_${part}`)));
  const calls = (given: KerasTensor) => {
    const [query, value, key = value] = given as unknown as readonly [KerasTensor, KerasTensor, KerasTensor?];
    return scores.attend(query, key, value);
  };
  return called(calls, null, "is written out as Dot and Softmax.");
};

export const attending: Readonly<Record<string, Row>> = { Attention: attention };
