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
