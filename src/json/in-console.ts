/** The method that Node asks for the text of an object in `console.log`; other platforms know it not. */
export const inConsole: unique symbol = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");
