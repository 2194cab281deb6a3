import { names as activations } from "../../activations/table.ts";
import { classes as constraints } from "../../constraints/index.ts";
import { DTypePolicy } from "../../dtype-policies/dtype-policy.ts";
import { FloatDTypePolicy } from "../../dtype-policies/float-dtype-policy.ts";
import { usualClasses as initializers } from "../../initializers/usual-classes.ts";
import * as activation from "../../layers/activation/index.ts";
import * as aliases from "../../layers/aliases.ts";
import * as convolution from "../../layers/convolution/index.ts";
import { Dense } from "../../layers/core/dense.ts";
import { Embedding } from "../../layers/core/embedding.ts";
import { Identity } from "../../layers/core/identity.ts";
import { InputLayer } from "../../layers/core/input-layer.ts";
import { Lambda } from "../../layers/core/lambda.ts";
import { Masking } from "../../layers/core/masking.ts";
import { Wrapper } from "../../layers/core/wrapper.ts";
import { Layer } from "../../layers/layer.ts";
import { Concatenate } from "../../layers/merging/concatenate.ts";
import * as elementwise from "../../layers/merging/elementwise.ts";
import { BatchNormalization } from "../../layers/normalization/batch-normalization.ts";
import { GroupNormalization } from "../../layers/normalization/group-normalization.ts";
import { LayerNormalization } from "../../layers/normalization/layer-normalization.ts";
import { RMSNormalization } from "../../layers/normalization/rms-normalization.ts";
import { UnitNormalization } from "../../layers/normalization/unit-normalization.ts";
import { OpaqueLayer } from "../../layers/opaque-layer.ts";
import * as globalPooling from "../../layers/pooling/global-pooling.ts";
import * as pooling from "../../layers/pooling/pooling.ts";
import { Rescaling } from "../../layers/preprocessing/rescaling.ts";
import * as regularization from "../../layers/regularization/index.ts";
import * as reshaping from "../../layers/reshaping/index.ts";
import { Functional } from "../../models/functional.ts";
import { OpaqueModel } from "../../models/opaque-model.ts";
import { OpaqueFunctional, OpaqueSequential } from "../../models/opaque-models.ts";
import { Sequential } from "../../models/sequential.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import { aliasesOf, snakeNamesOf } from "../../registry/registry.ts";
import { L1L2, classes as regularizers } from "../../regularizers/index.ts";
import { layersOf, type Part } from "./part.ts";

/** What most models are made of. */
export const usual: Part = /* @__PURE__ */ theUsual();

function theUsual(): Part {
  const kinds = [
    { Layer, SeedGenerator },
    { Dense, Embedding, Identity, InputLayer, Lambda, Masking, Rescaling, Wrapper },
    { BatchNormalization, GroupNormalization, LayerNormalization, RMSNormalization, UnitNormalization },
    { Concatenate },
    activation,
    convolution,
    elementwise,
    globalPooling,
    pooling,
    regularization,
    reshaping,
  ].map(layersOf);
  return {
    classes: [
      ...kinds.flatMap(({ classes }) => classes),
      OpaqueLayer,
      ...initializers,
      ...regularizers,
      ...constraints,
      DTypePolicy,
      FloatDTypePolicy,
      Functional,
      Sequential,
      OpaqueModel,
      OpaqueFunctional,
      OpaqueSequential,
    ],
    functions: activations,
    aliases: {
      ...aliasesOf(aliases),
      ...snakeNamesOf([...initializers, ...regularizers, ...constraints]),
      "keras.regularizers>l1_l2": L1L2,
      "keras>Model": Functional,
    },
  };
}
