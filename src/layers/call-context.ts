let training: boolean | null = null;
const scopes: { readonly name: string; readonly owner: object }[] = [];

/** Whether the outermost call is a training one; null where nobody said. */
export function trainingContext(): boolean | null {
  return training;
}

/** Runs `body` with a training flag that inner calls inherit. */
export function withTraining<T>(flag: boolean | null, body: () => T): T {
  const outer = training;
  training = flag;
  try {
    return body();
  } finally {
    training = outer;
  }
}

/** Runs `body` with a name in front of the variables made in it; the same owner counts once. */
export function withNameScope<T>(name: string, owner: object, body: () => T): T {
  if (scopes[scopes.length - 1]?.owner === owner) return body();
  scopes.push({ name, owner });
  try {
    return body();
  } finally {
    scopes.pop();
  }
}

/** The names of the scopes that are open, joined by `/`. */
export function currentPath(): string {
  return scopes.map(({ name }) => name).join("/");
}
