import { activationClasses } from "./activations/classes.ts";
import { names as activations } from "./activations/table.ts";
import { oldActivations } from "./activations/tf-keras.ts";
import { classes as constraints } from "./constraints/index.ts";
import { classes as dtypePolicies } from "./dtype-policies/index.ts";
import { classes as initializers } from "./initializers/index.ts";
import * as endedNames from "./layers/ended/aliases.ts";
import * as ended from "./layers/ended/index.ts";
import * as layers from "./layers/index.ts";
import { OpaqueLayer } from "./layers/opaque-layer.ts";
import { TFDConcat, TFDIdentity } from "./layers/preprocessing/feature-layers.ts";
import { lossFunctions } from "./losses/functions/table.ts";
import { classes as losses } from "./losses/index.ts";
import { classes as metrics } from "./metrics/index.ts";
import { Cross } from "./models/feature-space/cross.ts";
import { Feature } from "./models/feature-space/feature.ts";
import { FeatureSpace } from "./models/feature-space/feature-space.ts";
import { Functional } from "./models/functional.ts";
import { OpaqueModel } from "./models/opaque-model.ts";
import { OpaqueFunctional, OpaqueSequential } from "./models/opaque-models.ts";
import { Sequential } from "./models/sequential.ts";
import { opClasses } from "./ops/classes.ts";
import { optimizerAliases } from "./optimizers/get-optimizer.ts";
import { classes as optimizers } from "./optimizers/index.ts";
import { classes as quantizers } from "./quantizers/index.ts";
import { aliasesOf, classesOf, Registry, snakeNamesOf } from "./registry/registry.ts";
import { L1L2, classes as regularizers } from "./regularizers/index.ts";

/**
 * Everything of Keras that configs may name: layers, models, operations, initializers, regularizers, constraints,
 * losses, metrics, optimizers, dtype policies, quantizers and activations.
 */
export const builtins: Registry = /* @__PURE__ */ Registry.later(all);

function all(): Registry {
  return new Registry(
    [
      ...classesOf(layers),
      ...classesOf(ended),
      OpaqueLayer,
      ...opClasses(),
      ...activationClasses(),
      ...initializers,
      ...regularizers,
      ...constraints,
      ...losses,
      ...metrics,
      ...optimizers,
      ...dtypePolicies,
      ...quantizers,
      Functional,
      Sequential,
      FeatureSpace,
      Feature,
      Cross,
      TFDConcat,
      TFDIdentity,
      OpaqueModel,
      OpaqueFunctional,
      OpaqueSequential,
    ],
    { ...activations, ...oldActivations, ...lossFunctions },
    {
      ...aliasesOf(layers),
      ...aliasesOf(endedNames),
      ...snakeNamesOf([...initializers, ...regularizers, ...constraints]),
      ...optimizerAliases(),
      "keras.regularizers>l1_l2": L1L2,
      "keras>Functional": Functional,
      "keras>Model": Functional,
    },
  );
}
