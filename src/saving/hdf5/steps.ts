/**
 * Reading that waits only where bytes are not here yet: it gives the promises that it needs, one by one, and goes on with
 * what they give. An async function would wait at each of its steps, of which a large file has millions.
 */
export type Steps<T> = Generator<Promise<unknown>, T, unknown>;

/** What is there, or what a promise gives. */
export function* wait<T>(value: T | Promise<T>): Steps<T> {
  return value instanceof Promise ? ((yield value) as T) : value;
}

/** Takes all steps: what they give, at once where nothing had to be waited for. */
export function take<T>(steps: Steps<T>): T | Promise<T> {
  const first = steps.next();
  return first.done ? first.value : takeRest(steps, first.value);
}

async function takeRest<T>(steps: Steps<T>, needed: Promise<unknown>): Promise<T> {
  let step = steps.next(await needed);
  while (!step.done) step = steps.next(await step.value);
  return step.value;
}
