export * from "./Account.js";
export {
  type AttributeChanges,
  type Attributes,
  type AttributeValue,
  MAX_ATTRIBUTES,
  NO_ATTRIBUTES,
} from "./Attributes.js";
export { type Balances, balanceKey } from "./Balances.js";
export * from "./Calendar.js";
export * from "./Catalogue.js";
export type * from "./Command.js";
export { decide, open, refusalKeyOf } from "./Decide.js";
export type { Accepted, DecideContext, Decision, Needs, Rejected, Repeated } from "./Decision.js";
export type * from "./Entry.js";
export { evolve } from "./Evolve.js";
export { fingerprintOf } from "./Fingerprint.js";
export * from "./Flow.js";
export * from "./Money.js";
export * from "./Planner.js";
export * from "./Quantity.js";
export { CLOCK_TOLERANCE_MS, isId, isText, MAX_LINES } from "./Reading.js";
export * from "./Rejection.js";
export * from "./State.js";
export { effectiveMaximum, isDepleted, replenishmentQuantity } from "./ThresholdRules.js";
export * from "./Timeline.js";
