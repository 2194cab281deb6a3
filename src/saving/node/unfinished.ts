import { rmSync } from "node:fs";

/** The files that this process is writing: they go when it ends before they are whole. */
const unfinished = new Set<string>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Says that a file is about to be made that nobody wants if this process ends. */
export function begin(path: string): void {
  if (unfinished.size === 0) {
    listen();
    process.on("exit", removeAll);
  }
  unfinished.add(path);
}

/** Says that a file is whole, or gone. */
export function finish(path: string): void {
  if (!unfinished.delete(path) || unfinished.size > 0) return;
  ignore();
  process.off("exit", removeAll);
}

function listen(): void {
  for (const signal of signals) process.prependListener(signal, onSignal);
}

function ignore(): void {
  for (const signal of signals) process.off(signal, onSignal);
}

/**
 * Ends the process by the signal, as it would have ended, without the files. Where others listen they decide what happens,
 * and see no listener but their own; a process that they end by `exit` removes the files too.
 */
function onSignal(signal: NodeJS.Signals): void {
  ignore();
  if (process.listenerCount(signal) > 0) {
    setImmediate(() => {
      if (unfinished.size > 0) listen();
    });
    return;
  }
  removeAll();
  process.kill(process.pid, signal);
}

function removeAll(): void {
  for (const path of unfinished) {
    try {
      rmSync(path, { force: true });
    } catch {
      // The next save beside it finds it.
    }
  }
}
