let training: boolean | null = null;
const scopes: { readonly path: string; readonly owner: object }[] = [];

/** Whether the outermost call is a training one; null where nobody said. */
export function trainingContext(): boolean | null {
  return training;
}

/** Runs `body` with a training flag that inner calls inherit. */
export function withTraining<T>(flag: boolean | null, body: () => T): T {
  if (flag === training) return body();
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
  const outer = scopes[scopes.length - 1];
  if (outer?.owner === owner) return body();
  scopes.push({ path: outer ? `${outer.path}/${name}` : name, owner });
  try {
    return body();
  } finally {
    scopes.pop();
  }
}

/** The names of the scopes that are open, joined by `/`. */
export function currentPath(): string {
  return scopes[scopes.length - 1]?.path ?? "";
}
