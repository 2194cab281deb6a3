export { type CheckOptions, checkLayer } from "./check-layer.ts";
