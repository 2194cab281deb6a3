import "../../engines/reference/at-once/all.ts";

export { builtins } from "../../builtins.ts";
