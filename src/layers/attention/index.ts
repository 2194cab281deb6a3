import { AdditiveAttention, Attention } from "./attention.ts";
import { GroupedQueryAttention } from "./grouped-query-attention.ts";
import { MultiHeadAttention } from "./multi-head-attention.ts";

export { AdditiveAttention, Attention, GroupedQueryAttention, MultiHeadAttention };

/** The classes of this family, for the registry of built-ins. */
export const attentionLayers = [
  AdditiveAttention,
  Attention,
  GroupedQueryAttention,
  MultiHeadAttention,
] as const;
