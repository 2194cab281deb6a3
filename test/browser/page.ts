/** What the page runs: every check that is to hold in a browser is listed here. */
import type { BrowserCheck } from "./check.ts";
import { addressChecks } from "./checks/addresses.ts";
import { checkChecks } from "./checks/check.ts";
import { modelChecks } from "./checks/models.ts";
import { tensorChecks } from "./checks/tensor.ts";
import { workerChecks } from "./checks/workers.ts";

const checks: readonly BrowserCheck[] = [
  ...tensorChecks,
  ...modelChecks,
  ...addressChecks,
  ...checkChecks,
  ...workerChecks,
];

declare global {
  interface Window {
    browserChecks: readonly BrowserCheck[];
  }
}

window.browserChecks = checks;
