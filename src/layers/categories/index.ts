export type { AdaptData, AdaptOptions, Batch } from "./batches.ts";
export { CategoryEncoding, type CategoryEncodingOptions } from "./category-encoding.ts";
export { HashedCrossing, type HashedCrossingOptions } from "./hashed-crossing.ts";
export { Hashing, type HashingOptions } from "./hashing.ts";
export type { GetVocabularyOptions } from "./index-lookup.ts";
export { IntegerLookup, type IntegerLookupOptions } from "./integer-lookup.ts";
export { StringLookup, type StringLookupOptions } from "./string-lookup.ts";
export type { Term } from "./term.ts";
export { TextVectorization, type TextVectorizationOptions } from "./text-vectorization.ts";
