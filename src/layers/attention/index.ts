export { AdditiveAttention, Attention } from "./attention.ts";
export { GroupedQueryAttention } from "./grouped-query-attention.ts";
export { MultiHeadAttention } from "./multi-head-attention.ts";
