/**
 * Accounts: where a quantity can stand. An account is an item at a location, of a lot or of
 * none, in one bucket. Every line moves a quantity from one account to another.
 */

/** The states of goods at a place. On hand is all three together. */
export const BUCKETS = ["available", "reserved", "unavailable"] as const;
export type Bucket = (typeof BUCKETS)[number];

/**
 * The world outside the shelves. Movements begin or end here, so that over all accounts the
 * sum per item is always 0. Their ids begin with `@`; no other id may.
 */
export const VIRTUAL_LOCATIONS = [
  "@supplier",
  "@customer",
  "@adjustment",
  "@transit",
  "@renter",
  "@revaluation",
] as const;
export type VirtualLocation = (typeof VIRTUAL_LOCATIONS)[number];

/** What becomes of an issue beyond what is available: refused, or booked below zero. */
export const NEGATIVE_POLICIES = ["deny", "allow"] as const;
export type NegativePolicy = (typeof NEGATIVE_POLICIES)[number];
