import { printable } from "../json/printable.ts";
import type { Io, Output, Status, Streams } from "./io.ts";
import { harmless } from "./terminal.ts";

/** Work that is done by then needs no line. */
const PATIENCE = 400;
const BETWEEN = 100;
const CLEAR = "\r\u001b[K";

/**
 * The streams with a line of status on standard error, which makes way for whatever else is written. No text that is
 * written does anything to a terminal.
 */
export function withStatus(streams: Streams, now: () => number = () => performance.now()): Io {
  const { stdout, stderr } = streams;
  let next = now() + PATIENCE;
  let isShown = false;
  const clear = () => {
    if (isShown) stderr.write(CLEAR);
    isShown = false;
  };
  const clearing = (output: Output): Output => {
    const shown = harmless(output);
    return {
      ...shown,
      write(data) {
        clear();
        return shown.write(data);
      },
    };
  };
  const status: Status = {
    say(line) {
      if (!stderr.isTTY || now() < next) return;
      next = now() + BETWEEN;
      isShown = true;
      stderr.write(`${CLEAR}${printable(line()).slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    clear,
  };
  return {
    get stdin() {
      return streams.stdin;
    },
    stdout: clearing(stdout),
    stderr: clearing(stderr),
    env: streams.env,
    status,
    limits: {},
  };
}
