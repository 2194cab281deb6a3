import { binomial } from "../../tensor/binomial.ts";
import { castTensor } from "../../tensor/create.ts";
import { gamma } from "../../tensor/gamma.ts";
import type { RandomFloat } from "../../tensor/random.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Kernel } from "./kernel.ts";
import { keyIn } from "./random.ts";

const randomGamma: Kernel<"random_gamma"> = ([key, alphas], { log }) => {
  const { dtype, shape } = alphas!;
  const drawn = gamma(keyIn(key!), singles(alphas!), log, dtype as RandomFloat);
  return [castTensor(new Tensor("float32", shape, drawn), dtype)];
};

const randomBinomial: Kernel<"random_binomial"> = ([key, counts, probabilities], { dtype }) => {
  const drawn = binomial(keyIn(key!), singles(counts!), singles(probabilities!), dtype as RandomFloat);
  return [castTensor(new Tensor("float32", counts!.shape, drawn), dtype)];
};

function singles(tensor: Tensor): Float32Array {
  return castTensor(tensor, "float32").data as Float32Array;
}

export const distributionKernels = { random_gamma: randomGamma, random_binomial: randomBinomial };
