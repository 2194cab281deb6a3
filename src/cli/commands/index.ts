import type { Command } from "../command.ts";
import { check } from "./check.ts";
import { clone } from "./clone.ts";
import { config } from "./config.ts";
import { convert } from "./convert.ts";
import { demo } from "./demo.ts";
import { exportCommand } from "./export.ts";
import { graph } from "./graph.ts";
import { inputs } from "./inputs.ts";
import { run } from "./run.ts";
import { schema } from "./schema.ts";
import { summary } from "./summary.ts";
import { weights } from "./weights.ts";

/** All commands, in the order help lists them. */
export const commands: readonly Command[] = [
  summary,
  graph,
  inputs,
  weights,
  config,
  check,
  clone,
  convert,
  run,
  exportCommand,
  schema,
  demo,
];
