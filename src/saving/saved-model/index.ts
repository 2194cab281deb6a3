export { readSavedModel, readSavedModelConfig } from "./read-model.ts";
export { readCheckpointWeights, readSavedModelWeights } from "./read-weights.ts";
