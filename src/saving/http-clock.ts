/** Time and chance, as far as waiting for a server needs them; tests have their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** A number from 0 to 1. */
  random(): number;
  /** Runs `run` after `milliseconds`, unless what it gives is called before. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The longest time that a timer can be set to. */
const longest = 2 ** 31 - 1;

export const platformClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(milliseconds, run) {
    if (milliseconds > longest) return () => {};
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
