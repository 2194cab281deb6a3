import { EngineError } from "../../errors.ts";
import type { DType, NumericDType } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** What a value is inside an ONNX graph. bfloat16 is carried as float32, since no runtime computes in it. */
export type OnnxType = Exclude<NumericDType, "bfloat16">;

export function onnxType(dtype: DType): OnnxType {
  if (dtype === "string")
    throw new EngineError("onnx", "expected numbers, received a value of dtype string.");
  return dtype === "bfloat16" ? "float32" : dtype;
}

/** A tensor as it is inside an ONNX graph. */
export function onnxTensor(tensor: Tensor): Tensor {
  if (tensor.dtype !== "bfloat16") return tensor;
  const bits = Uint32Array.from(tensor.data as Uint16Array, (half) => half << 16);
  return new Tensor("float32", tensor.shape, new Float32Array(bits.buffer));
}

/** A tensor that came out of an ONNX graph, as the Program means it. */
export function fromOnnxTensor(tensor: Tensor, dtype: DType): Tensor {
  if (dtype !== "bfloat16") return tensor;
  const { buffer, byteOffset, length } = tensor.data as Float32Array;
  const bits = Uint16Array.from(new Uint32Array(buffer, byteOffset, length), (word) => word >>> 16);
  return new Tensor("bfloat16", tensor.shape, bits);
}

/** TensorProto.DataType. */
export const elementType: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
};
