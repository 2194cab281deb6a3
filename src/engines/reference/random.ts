import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { randomBits } from "../../tensor/threefry.ts";
import { type Kernel, numbers, resolveDimensions } from "./kernel.ts";

const randomBitsKernel: Kernel<"random_bits"> = (inputs, attributes) => {
  const [high, low] = numbers(inputs[0]!.data) as unknown as [number, number];
  const shape = resolveDimensions(attributes.shape, inputs, 1);
  return [new Tensor("uint32", shape, randomBits([high, low], sizeOf(shape)))];
};

export const randomKernels = { random_bits: randomBitsKernel };
