export { configSchema, type Described, type SchemaOptions } from "./config-schema.ts";
