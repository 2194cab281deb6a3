/** Names of the types of numbers, as Keras spells them. */
export type NumericDType =
  | "bool"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64";

/** Names of element types: of numbers, and `string` for texts. */
export type DType = NumericDType | "string";

/**
 * The array that holds a dtype's elements; float16 and bfloat16 are kept as their bits, texts as places in the list of
 * texts that a tensor has beside (`Tensor.strings`).
 */
export interface Arrays {
  bool: Uint8Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  float16: Uint16Array;
  bfloat16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  string: Int32Array;
}

export type TypedArray = Arrays[DType];

type ArrayConstructor = {
  new (length: number): TypedArray;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
};

const constructors: Record<DType, ArrayConstructor> = {
  bool: Uint8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  string: Int32Array,
};

export const dtypes = Object.keys(constructors) as readonly DType[];

/** The dtypes of numbers. */
export const numericDTypes = dtypes.filter(isNumeric);

function isNumeric(dtype: DType): dtype is NumericDType {
  return dtype !== "string";
}

export function isDType(name: unknown): name is DType {
  return typeof name === "string" && Object.hasOwn(constructors, name);
}

/** Whether a name is that of a dtype of numbers. */
export function isNumericDType(name: unknown): name is NumericDType {
  return isDType(name) && isNumeric(name);
}

export function arrayType(dtype: DType): ArrayConstructor {
  return constructors[dtype];
}

export function bytesPerElement(dtype: DType): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

export function isFloat(dtype: DType): boolean {
  return dtype.includes("float");
}

export function isInteger(dtype: DType): boolean {
  return dtype.includes("int");
}
