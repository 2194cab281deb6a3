import { Tensor } from "../../../tensor/tensor.ts";
import { type Kernel, result } from "../kernel.ts";
import { fingerprint, joinFingerprints } from "./farmhash.ts";
import { siphash } from "./siphash.ts";
import { eachText, mapToNumbers } from "./texts-of.ts";
import { bytesOf, word } from "./words.ts";

export const hashText: Kernel<"hash_text"> = ([x], { bins, salt }) => {
  const { data, shape, strings } = x!;
  const hash = (text: string): number => {
    const bytes = bytesOf(text);
    return Number((salt ? siphash(bytes, salt) : fingerprint(bytes)) % BigInt(bins));
  };
  if (strings) return [mapToNumbers(x!, hash)];
  const digits = Array.from(data as ArrayLike<number | bigint>, String);
  return [new Tensor("int32", shape, Int32Array.from(digits, hash))];
};

/** What a cross begins with where nobody gives another key: TensorFlow's `_DEFAULT_HASH_KEY`. */
const start = 0xdecafcaffen;

/** Texts count by their fingerprints, integers as they are. */
export const hashCross: Kernel<"hash_cross"> = (inputs, { bins }, [spec]) => {
  const features = inputs.map((input) => {
    if (!input.strings) return Array.from(input.data as ArrayLike<number | bigint>, (x) => word(BigInt(x)));
    return eachText(input, (text) => fingerprint(bytesOf(text)));
  });
  const out = Int32Array.from({ length: inputs[0]!.size }, (_, i) => {
    const joined = features.reduce((all, each) => joinFingerprints(all, each[i]!), start);
    return Number(joined % BigInt(bins));
  });
  return [result(spec!, out)];
};
