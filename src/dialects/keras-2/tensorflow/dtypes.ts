import type { JsonObject, JsonValue } from "../../../json/json.ts";
import { isDict } from "../../change.ts";

/** Operations that give booleans. */
const truths =
  /^numpy\.(Equal|NotEqual|Less|LessEqual|Greater|GreaterEqual|Logical\w+|Is\w+|All|Any)$|^math\.InTopK$/;

/** Operations that give floats of integers. */
const floating =
  /^numpy\.(TrueDivide|Divide|Mean|Std|Var|Exp|Log\w*|Sqrt|Arc\w+|Sin|Cos|Tan|Sinh|Cosh|Tanh)$|^nn\.(?!Relu$)/;

/** The dtype of what an operation gives, of the dtypes of its tensors; null where it is not known. */
export function dtypeAfter(
  path: string,
  inputs: readonly (string | null)[],
  config: Readonly<Record<string, JsonValue>>,
): string | null {
  const { dtype } = config;
  if (typeof dtype === "string") return dtype;
  if (truths.test(path)) return "bool";
  if (/^numpy\.(Arg|Count|Size|Ndim)/.test(path)) return "int64";
  if (path === "nn.OneHot") return "float32";
  const known = inputs.filter((input) => input !== null);
  const found =
    known.find((input) => input.includes("float")) ?? known.find((input) => input !== "bool") ?? known[0];
  if (found === undefined) return null;
  return floating.test(path) && !found.includes("float") ? "float32" : found;
}

/** Layers that leave integers integers. */
const passing =
  /^(Activation|Add|Average|Concatenate|Cropping\dD|Dropout|Flatten|Global\w+|Lambda|Masking|Maximum|MaxPooling\dD|Minimum|Multiply|Permute|RepeatVector|Reshape|Subtract|UpSampling\dD|ZeroPadding\dD)$/;

/** The dtype of what a layer of Keras 2 gives, of that of its first tensor; null where it is not known. */
export function dtypeOfLayer({ class_name: name, config }: JsonObject, input: string | null): string | null {
  if (!isDict(config)) return null;
  const { dtype } = config;
  if (name === "InputLayer") return typeof dtype === "string" ? dtype : "float32";
  if (typeof name === "string" && passing.test(name) && input !== null && !input.includes("float"))
    return input;
  if (typeof dtype === "string") return dtype.replace(/^mixed_/, "");
  if (!isDict(dtype) || !isDict(dtype.config)) return null;
  return typeof dtype.config.name === "string" ? dtype.config.name.replace(/^mixed_/, "") : null;
}
