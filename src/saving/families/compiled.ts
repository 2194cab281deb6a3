import { lossFunctions } from "../../losses/functions/table.ts";
import { classes as losses } from "../../losses/index.ts";
import { classes as metrics } from "../../metrics/index.ts";
import { optimizerAliases } from "../../optimizers/get-optimizer.ts";
import { classes as optimizers } from "../../optimizers/index.ts";
import type { Part } from "./part.ts";

/** What models are compiled with. */
export const part: Part = {
  classes: [...losses, ...metrics, ...optimizers],
  functions: lossFunctions,
  aliases: optimizerAliases(),
};
