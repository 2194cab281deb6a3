import { add } from "../../ops/arithmetic.ts";
import { reshape } from "../../ops/reshaping.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { DataFormat } from "../data-format.ts";

/** Adds a bias to the channels, which are in front of so many axes or behind them. */
export function addBias(
  x: Numeric,
  bias: Variable | null,
  format: DataFormat,
  spatial = x.shape.length - 2,
): Numeric {
  if (bias === null) return x;
  if (format === "channels_last") return add(x, bias);
  const alongChannels = bias.shape.concat(new Array<number>(spatial).fill(1));
  return add(x, reshape(bias, { newshape: alongChannels }));
}
