export { configSchema, type Described, type SchemaOptions } from "./config-schema.ts";
export type {
  ConfigOf,
  ConstraintEnvelope,
  Envelope,
  EnvelopeIn,
  InitializerEnvelope,
  LayerEnvelope,
  LossEnvelope,
  MetricEnvelope,
  OptimizerEnvelope,
  PolicyEnvelope,
  QuantizerEnvelope,
  RegularizerEnvelope,
  ScheduleEnvelope,
} from "./config-types.ts";
