import { functionLoss } from "./function-loss.ts";
import { ctc } from "./functions/ctc.ts";
import type { LossClassOptions } from "./loss.ts";

/** How unlikely sequences of labels are in any alignment with scores of steps (connectionist temporal classification). */
export class CTC extends functionLoss("CTC", ctc)<LossClassOptions> {}
