import { fromNumbers } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** For each pixel of a row of tiles the tile whose middle is before it and the next one, int32, and how far it is on. */
export interface Neighbors {
  readonly tile: Tensor;
  readonly next: Tensor;
  readonly share: Tensor;
}

/** Where the pixels are between the middles of so many tiles of a size. */
export function betweenTiles(count: number, size: number): Neighbors {
  const length = count * size;
  const at = Array.from({ length }, (_, i) => Math.fround(Math.fround(i - size / 2) / size + 1));
  const within = (tile: number) => Math.min(Math.max(tile, 0), count - 1);
  const ints = (values: readonly number[]) => fromNumbers("int32", [length], values);
  return {
    tile: ints(at.map((place) => within(Math.floor(place) - 1))),
    next: ints(at.map((place) => within(Math.floor(place)))),
    share: fromNumbers(
      "float32",
      [length],
      at.map((place) => place - Math.floor(place)),
    ),
  };
}
