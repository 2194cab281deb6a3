/** Console calls made while tests run. The setup file makes every call that no test allowed a failure. */
const METHODS = ["debug", "error", "info", "log", "trace", "warn", "dir", "table"] as const;

export interface ConsoleCall {
  readonly method: string;
  readonly text: string;
}

let unexpected: ConsoleCall[] = [];
let allowed: ConsoleCall[] | undefined;

/** Lets the running test use the console; the calls are collected in the list it returns, nothing is printed. */
export function allowConsole(): readonly ConsoleCall[] {
  allowed ??= [];
  return allowed;
}

/** Replaces the console's methods by ones that only take notes. */
export function watchConsole(): void {
  for (const method of METHODS) {
    console[method] = (...args: unknown[]) => {
      (allowed ?? unexpected).push({ method, text: args.map(String).join(" ") });
    };
  }
}

/** Ends one test's watch: forgets what it allowed, throws when it called the console without leave. */
export function endConsoleWatch(): void {
  const calls = unexpected;
  unexpected = [];
  allowed = undefined;
  const first = calls[0];
  if (first === undefined) return;
  throw new Error(
    `console: expected no call during a test, received ${calls.length}, the first ` +
      `console.${first.method}(${JSON.stringify(first.text)}). A test that needs it calls allowConsole().`,
  );
}
