export * from "./access/Access.js";
export {
  AccessStore,
  type AccessStoreService,
  type KeyQuery,
  KeysMoved,
  type StoredKey,
} from "./access/AccessStore.js";
export { allowsAddress, canonicalRange, withinRanges } from "./access/Addresses.js";
export { DEFAULT_OVERLAP_MS, MAX_OVERLAP_MS, refusalOf } from "./access/Decide.js";
export {
  type KeyFormat,
  makeSecret,
  type ParsedKey,
  parseSecret,
  type RandomBytes,
  STOCKBOOK_KEYS,
} from "./access/KeyFormat.js";
export { changedOptions, DEFAULT_SETTINGS, isAsExpected } from "./access/Organisations.js";
export { Randomness } from "./access/Secrets.js";
export { type AccessOptions, DEFAULT_ACCESS_OPTIONS } from "./access/Service.js";
export * from "./Errors.js";
export { FAULT_POINTS, type FaultPoint, FaultPoints } from "./FaultPoints.js";
export type * from "./Ledger.js";
export { makeMemoryStore, memory } from "./MemoryStore.js";
export { nodesOf } from "./NodeSums.js";
export {
  type CommandInput,
  type OpenedStockbook,
  type OpenOptions,
  openStockbook,
} from "./Promise.js";
export type { PublicId, PublicIds } from "./PublicIds.js";
export type * from "./Questions.js";
export type * from "./ReportQuestions.js";
export { eventTypeOf } from "./reads/Events.js";
export * from "./Stockbook.js";
export * from "./Store.js";
export * from "./StoreService.js";
export * from "./Views.js";
export { DEFAULT_WRITER_OPTIONS, type WriterOptions } from "./Writer.js";
export { type MessageOrigin, messageId } from "./webhooks/MessageIds.js";
export {
  InvalidSecretKey,
  openSecrets,
  type SecretContext,
  WebhookSecrets,
  type WebhookSecretsService,
} from "./webhooks/SecretBox.js";
export type { WebhookOptions } from "./webhooks/Service.js";
export type * from "./webhooks/Shapes.js";
export * from "./webhooks/Targets.js";
export * from "./webhooks/WebhookStore.js";
export * from "./webhooks/Webhooks.js";
