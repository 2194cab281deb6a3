import { activationClasses } from "./activations/classes.ts";
import { names as activations } from "./activations/table.ts";
import { classes as constraints } from "./constraints/index.ts";
import { classes as dtypePolicies } from "./dtype-policies/index.ts";
import { classes as initializers } from "./initializers/index.ts";
import { activationLayers } from "./layers/activation/index.ts";
import { attentionLayers } from "./layers/attention/index.ts";
import { convolutionLayers } from "./layers/convolution/index.ts";
import { coreLayers } from "./layers/core/index.ts";
import { mergingLayers } from "./layers/merging/index.ts";
import { normalizationLayers } from "./layers/normalization/index.ts";
import { OpaqueLayer } from "./layers/opaque-layer.ts";
import { poolingLayers } from "./layers/pooling/index.ts";
import { preprocessingLayers } from "./layers/preprocessing/index.ts";
import { recurrentLayers } from "./layers/recurrent/index.ts";
import { regularizationLayers } from "./layers/regularization/index.ts";
import { reshapingLayers } from "./layers/reshaping/index.ts";
import { SeedGenerator } from "./layers/seed-generator.ts";
import { Functional } from "./models/functional.ts";
import { Sequential } from "./models/sequential.ts";
import { opClasses } from "./ops/classes.ts";
import { Registry } from "./registry/registry.ts";
import { classes as regularizers } from "./regularizers/index.ts";

/**
 * Everything of Keras that configs may name: layers, models, operations, initializers, regularizers, constraints,
 * dtype policies and activations.
 */
export const builtins: Registry = /* @__PURE__ */ new Registry(
  [
    ...coreLayers,
    ...activationLayers,
    ...attentionLayers,
    ...convolutionLayers,
    ...poolingLayers,
    ...reshapingLayers,
    ...mergingLayers,
    ...normalizationLayers,
    ...preprocessingLayers,
    ...recurrentLayers,
    ...regularizationLayers,
    SeedGenerator,
    OpaqueLayer,
    ...opClasses,
    ...activationClasses,
    ...initializers,
    ...regularizers,
    ...constraints,
    ...dtypePolicies,
    Functional,
    Sequential,
  ],
  activations,
);
