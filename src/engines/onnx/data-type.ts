import type { DType } from "../../tensor/dtype.ts";

/** What a value is inside an ONNX graph. bfloat16 is carried as float32, since no runtime computes in it. */
export type OnnxType = Exclude<DType, "bfloat16">;

export function onnxType(dtype: DType): OnnxType {
  return dtype === "bfloat16" ? "float32" : dtype;
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
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
};
