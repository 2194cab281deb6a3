import type { Command } from "../command.ts";
import { check } from "./check.ts";
import { clone } from "./clone.ts";
import { config } from "./config.ts";
import { exportCommand } from "./export.ts";
import { run } from "./run.ts";
import { summary } from "./summary.ts";

/** All commands, in the order help lists them. */
export const commands: readonly Command[] = [summary, config, check, clone, run, exportCommand];
