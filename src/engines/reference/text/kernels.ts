import { hashCross, hashText } from "./hash.ts";
import { lookup } from "./lookup.ts";
import { ngrams } from "./ngrams.ts";
import { splitText } from "./split.ts";
import { standardizeText } from "./standardize.ts";

export const textKernels = {
  standardize_text: standardizeText,
  split_text: splitText,
  ngrams,
  lookup,
  hash_text: hashText,
  hash_cross: hashCross,
};
