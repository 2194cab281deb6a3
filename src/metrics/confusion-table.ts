import { add } from "../ops/arithmetic.ts";
import { divideNoNan } from "../ops/division.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import type { StaticShape } from "../tensor/shape.ts";
import type { Confusion } from "./confusion.ts";
import { WeightedMetric } from "./reductions.ts";

/** What keeps all four counts for each threshold. */
export abstract class ConfusionTable extends WeightedMetric {
  declare truePositives: Variable;
  declare falsePositives: Variable;
  declare trueNegatives: Variable;
  declare falseNegatives: Variable;

  /** Makes the four variables. */
  protected makeTable(shape: StaticShape): void {
    this.truePositives = this.addVariable({ name: "true_positives", shape });
    this.falsePositives = this.addVariable({ name: "false_positives", shape });
    this.trueNegatives = this.addVariable({ name: "true_negatives", shape });
    this.falseNegatives = this.addVariable({ name: "false_negatives", shape });
  }

  /** Adds the counts of a batch. */
  protected gather(confusion: Confusion): void {
    this.increase(this.truePositives, confusion.truePositives);
    this.increase(this.falsePositives, confusion.falsePositives);
    this.increase(this.trueNegatives, confusion.trueNegatives);
    this.increase(this.falseNegatives, confusion.falseNegatives);
  }

  /** Which share of the truths 1 were found: recall, or sensitivity. */
  protected get found(): Numeric {
    return shareOf(this.truePositives, this.falseNegatives);
  }

  /** Which share of what was taken for 1 was right: precision. */
  protected get right(): Numeric {
    return shareOf(this.truePositives, this.falsePositives);
  }

  /** Which share of the truths 0 were taken for 0: specificity. */
  protected get spared(): Numeric {
    return shareOf(this.trueNegatives, this.falsePositives);
  }
}

function shareOf(part: Variable, rest: Variable): Numeric {
  return divideNoNan(part, add(part, rest));
}
