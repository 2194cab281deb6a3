export { cloneModel } from "./clone-model.ts";
