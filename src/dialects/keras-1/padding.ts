import type { JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";

/** `{"left_pad": 1, "right_pad": 2}` was another way to say `[1, 2]`. */
export function paddingOf1D(given: JsonValue): JsonValue {
  return isDict(given) ? [given.left_pad ?? 0, given.right_pad ?? 0] : given;
}

/** The four sides were in one list, or in a dict. */
export function paddingOf2D(given: JsonValue): JsonValue {
  const sides = isDict(given)
    ? [given.top_pad ?? 0, given.bottom_pad ?? 0, given.left_pad ?? 0, given.right_pad ?? 0]
    : given;
  if (!Array.isArray(sides) || sides.length !== 4) return sides;
  const [top, bottom, left, right] = sides as [JsonValue, JsonValue, JsonValue, JsonValue];
  return [
    [top, bottom],
    [left, right],
  ];
}
