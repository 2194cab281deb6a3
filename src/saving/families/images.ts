import "../../engines/reference/at-once/distributions.ts";
import * as image from "../../layers/image/index.ts";
import { layersOf } from "./part.ts";

/** Layers of images, and what draws the shares in which some of them are mixed. */
export const part = /* @__PURE__ */ layersOf(image);
