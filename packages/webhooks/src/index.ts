export { fetchHandler, receive } from "./Fetch.js";
export type { HeadersLike, ReadHeader } from "./Headers.js";
export { type HmacOptions, hmacScheme, type TimestampFormat } from "./Hmac.js";
export type { HandlerOptions, ReceiveOptions, WebhookEvent } from "./Receiver.js";
export { type Reason, type Refused, WebhookVerificationError } from "./Refusal.js";
export type {
  Claim,
  Envelope,
  Message,
  ReadClaim,
  SignatureScheme,
  SignedHeaders,
  Signer,
} from "./Scheme.js";
export {
  generateKeyPair,
  generateSecret,
  InvalidSecret,
  type KeyPair,
  type ParsedSecret,
  parseSecret,
  type RandomBytes,
} from "./Secrets.js";
export { type MemoryOptions, type Progress, type SeenIds, seenInMemory } from "./SeenIds.js";
export { stackNex, storq } from "./Services.js";
export { type StandardEnvelope, standardWebhooks } from "./StandardWebhooks.js";
export {
  check,
  makeSigner,
  makeVerifier,
  type Received,
  type SignOptions,
  sign,
  type Verified,
  type Verifier,
  type VerifierOptions,
  verify,
} from "./Verify.js";
