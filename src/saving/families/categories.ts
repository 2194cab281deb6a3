import "../../engines/reference/at-once/text.ts";
import * as categories from "../../layers/categories/index.ts";
import { layersOf } from "./part.ts";

/** Layers of texts and categories, and what computes with texts. */
export const part = /* @__PURE__ */ layersOf(categories);
