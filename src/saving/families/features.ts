import "../../engines/reference/at-once/text.ts";
import { TFDConcat, TFDIdentity } from "../../layers/preprocessing/feature-layers.ts";
import { Cross } from "../../models/feature-space/cross.ts";
import { Feature } from "../../models/feature-space/feature.ts";
import { FeatureSpace } from "../../models/feature-space/feature-space.ts";
import type { Part } from "./part.ts";

/** A FeatureSpace, and what it makes models of. */
export const part: Part = { classes: [FeatureSpace, Feature, Cross, TFDConcat, TFDIdentity] };
