import { activations } from "./activations.ts";
import type { Row, Rows } from "./call.ts";
import { elementwise } from "./elementwise.ts";
import { images } from "./images.ts";
import { networks } from "./networks.ts";
import { products } from "./products.ts";
import { reductions } from "./reductions.ts";
import { shapes } from "./shapes.ts";

const rows: Rows = {
  ...elementwise,
  ...activations,
  ...reductions,
  ...shapes,
  ...products,
  ...networks,
  ...images,
};

/** How calls of a function of TensorFlow become operations; undefined where nobody here knows it. */
export function rowOf(name: string): Row | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}
