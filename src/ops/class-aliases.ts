import { conjugate } from "./complex-parts.ts";
import { unary } from "./define.ts";
import { absolute } from "./elementwise.ts";

// Classes of Keras that are others by another name: its functions make the others.

export const abs = /* @__PURE__ */ unary("numpy.Abs", (x) => absolute(x));
export const conj = /* @__PURE__ */ unary("numpy.Conj", (x) => conjugate(x));
