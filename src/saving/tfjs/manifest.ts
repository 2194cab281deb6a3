import { isDict } from "../../dialects/change.ts";
import { FileError, type Issue } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonValue } from "../../json/json.ts";
import { isStaticShape, type StaticShape, sizeOf } from "../../tensor/shape.ts";

/** A weight as a manifest declares it; it stands behind those before it in its group. */
export interface ManifestWeight {
  readonly name: string;
  readonly shape: StaticShape;
  readonly dtype: WeightDType;
  /** How its numbers were put into fewer bits; null where they stand as they are. */
  readonly quantization: Quantization | null;
  /** Where its bytes begin in its group, and how many they are. */
  readonly offset: number;
  readonly length: number;
  /** Whether it is the state of an optimizer, and no weight of a layer. */
  readonly isOptimizers: boolean;
}

/** Weights whose bytes are those of some files, one behind the other. */
export interface ManifestGroup {
  readonly paths: readonly string[];
  readonly weights: readonly ManifestWeight[];
  /** The bytes of all its weights. */
  readonly length: number;
}

export type WeightDType = "float32" | "int32" | "bool";

/** Numbers in few bits: `scale * q + min`, or a smaller float. */
export type Quantization =
  | { readonly dtype: "uint8" | "uint16"; readonly scale: number; readonly min: number }
  | { readonly dtype: "float16" };

const bytesOf: Readonly<Record<WeightDType | Quantization["dtype"], number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

/** The `weightsManifest` of a model's file. Throws one FileError with all that is wrong. */
export function readManifest(manifest: JsonValue, file: string): ManifestGroup[] {
  const at = `${file}: weightsManifest`;
  if (!Array.isArray(manifest)) throw new FileError(at, `expected a list, received ${inspect(manifest)}.`);
  const issues: Issue[] = [];
  const groups = manifest.map((group, i) => groupOf(group, `${at}[${i}]`, issues));
  if (issues.length > 0) throw new FileError(issues);
  return groups;
}

function groupOf(group: JsonValue, at: string, issues: Issue[]): ManifestGroup {
  const { paths, weights } = isDict(group) ? group : {};
  const arePaths = Array.isArray(paths) && paths.every((path) => typeof path === "string");
  if (!arePaths || !Array.isArray(weights)) {
    issues.push({ path: at, message: `expected { paths, weights }, received ${inspect(group)}.` });
    return { paths: [], weights: [], length: 0 };
  }
  let length = 0;
  const found: ManifestWeight[] = [];
  for (const [i, weight] of weights.entries()) {
    const read = weightOf(weight, length);
    if (typeof read === "string") {
      issues.push({ path: `${at}.weights[${i}]`, message: read });
      continue;
    }
    found.push(read);
    length += read.length;
  }
  return { paths: paths as string[], weights: found, length };
}

/** A weight, or what is wrong with it. */
function weightOf(weight: JsonValue, offset: number): ManifestWeight | string {
  if (!isDict(weight)) return `expected { name, shape, dtype }, received ${inspect(weight)}.`;
  const { name, shape, dtype, group, quantization: kept = null } = weight;
  if (typeof name !== "string") return `expected a name, received ${inspect(name)}.`;
  if (!isStaticShape(shape)) return `${inspect(name)}: expected a shape, received ${inspect(shape)}.`;
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")
    return `${inspect(name)}: expected dtype float32, int32 or bool, received ${inspect(dtype)}.`;
  const quantization = kept === null ? null : quantizationOf(kept, dtype);
  if (typeof quantization === "string") return `${inspect(name)}: ${quantization}`;
  const length = sizeOf(shape) * bytesOf[quantization?.dtype ?? dtype];
  if (!Number.isSafeInteger(offset + length))
    return `${inspect(name)}: expected a shape that fits into a file, received ${inspect(shape)}.`;
  return { name, shape, dtype, quantization, offset, length, isOptimizers: group === "optimizer" };
}

function quantizationOf(kept: JsonValue, weight: WeightDType): Quantization | string {
  const { dtype, scale, min } = isDict(kept) ? kept : {};
  if (dtype === "float16" && weight === "float32") return { dtype };
  if ((dtype !== "uint8" && dtype !== "uint16") || weight === "bool")
    return `expected ${weight} in uint8, uint16 or, of float32, float16, received ${inspect(kept)}.`;
  if (typeof scale !== "number" || typeof min !== "number")
    return `expected a quantization with the numbers scale and min, received ${inspect(kept)}.`;
  return { dtype, scale, min };
}
