/** What the text of a class says; where it does not say, the worse is taken. */
export interface ClassText {
  /** Whether its constructor may take something. */
  readonly takesArguments: boolean;
  /** Whether it may keep something where nobody else can see it. */
  readonly hidesState: boolean;
}

const READABLE = /^(?:class|function)\b(?!.*\{ \[native code\] \}$)/;

/** A constructor that is not followed by `()`, or its `arguments`. */
const ARGUMENTS =
  /(?<![.\w$#])constructor["']?\s*(?:\/[/*]|\(\s*[^\s)])|^function\b[^(]*\(\s*[^\s)]|(?<![\w$#]|[^.]\.)arguments\b/;

const PRIVATE_USES = /\.\s*(#[\w$\u0080-\uffff]+)/g;
const PRIVATE_METHODS = /(?<!\.\s*)(#[\w$\u0080-\uffff]+)\s*\(/g;
/** What compilers make of private fields. */
const COMPILED_PRIVATE = /private_?(?:field|add|set)|\.set\(\s*this\b/i;

/**
 * Reads the text of a class without parsing it. Code in comments and strings may look as if there were more than there
 * is, never as if there were less.
 */
export function readClass(cls: object): ClassText {
  const text = Function.prototype.toString.call(cls);
  const isReadable = READABLE.test(text);
  return {
    takesArguments: !isReadable || ARGUMENTS.test(text),
    hidesState: !isReadable || hasPrivateState(text) || COMPILED_PRIVATE.test(text),
  };
}

/** Whether it uses private names that are no methods. */
function hasPrivateState(text: string): boolean {
  const methods = [...text.matchAll(PRIVATE_METHODS)].map(([, name]) => name);
  return [...text.matchAll(PRIVATE_USES)].some(([, name]) => !methods.includes(name));
}
