/**
 * Waits until the event loop has had its turn: timers, input, messages. Long work that awaits it every few
 * milliseconds keeps nobody waiting.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    // Timers in a page wait for at least 4 ms; a message does not.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** How long work goes on before the event loop has its turn, in milliseconds. */
const breath = 4;
let breathed = 0;

/** Leaves the event loop its turn where work went on for a few milliseconds. */
export async function breathe(): Promise<void> {
  if (performance.now() - breathed < breath) return;
  await nextTurn();
  breathed = performance.now();
}

/** Settles when all that was given is done; holds nothing of what it gave. */
let before: Promise<void> = Promise.resolve();

/**
 * Does one work after the other: several that each leave the event loop its turn would together keep it from one, since
 * all go on in the same turn.
 */
export function oneByOne<T>(work: () => Promise<T>): Promise<T> {
  const done = before.then(work);
  const nothing = () => undefined;
  before = done.then(nothing, nothing);
  return done;
}
