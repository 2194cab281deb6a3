export {
  AdditiveAttention,
  type AdditiveAttentionOptions,
  Attention,
  type AttentionOptions,
} from "./attention.ts";
export { GroupedQueryAttention, type GroupedQueryAttentionOptions } from "./grouped-query-attention.ts";
export { MultiHeadAttention, type MultiHeadAttentionOptions } from "./multi-head-attention.ts";
