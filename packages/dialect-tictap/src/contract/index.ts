export { TictapApi } from "./Api.js";
export { openApi } from "./OpenApi.js";
export { Failure } from "./Views.js";
export {
  CrossingBody,
  DEPLETED,
  REPLENISHED,
  TRANSACTION_CREATED,
  TransactionBody,
  WEBHOOK_TYPES,
} from "./WebhookBodies.js";
