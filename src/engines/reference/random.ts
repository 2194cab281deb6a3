import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type Key, randomBits } from "../../tensor/threefry.ts";
import { type Kernel, resolveDimensions } from "./kernel.ts";

const randomBitsKernel: Kernel<"random_bits"> = (inputs, attributes) => {
  const shape = resolveDimensions(attributes.shape, inputs, 1);
  return [new Tensor("uint32", shape, randomBits(keyIn(inputs[0]!), sizeOf(shape)))];
};

export function keyIn({ data }: Tensor): Key {
  return [Number(data[0]), Number(data[1])];
}

export const randomKernels = { random_bits: randomBitsKernel };
