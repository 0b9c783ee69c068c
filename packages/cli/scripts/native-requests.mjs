// What the requests of the Postman collection say. Sent from the top of the collection to the
// bottom, they furnish a shop.
const lines = [{ item: "TEA", quantity: 12 }];

/** By operation. */
export const BODIES = {
  "items.put": { name: "Earl Grey, 100 g", unitCost: 320 },
  "categories.put": { name: "Drinks" },
  "manufacturers.put": { name: "Acme" },
  "locations.put": { name: "Shop in the High Street" },
  "movements.create": { type: "receive", location: "shop", lines },
  "movements.count": { location: "shop", lines },
  "movements.batch": {
    mode: "all",
    commands: [
      { type: "receive", location: "shop", lines, reference: "PO-1" },
      { type: "issue", location: "shop", lines: [{ item: "TEA", quantity: 1 }] },
    ],
  },
  "movements.preview": {
    commands: [{ type: "issue", location: "shop", lines: [{ item: "TEA", quantity: 20 }] }],
  },
  "reservations.create": { location: "shop", lines: [{ item: "TEA", quantity: 2 }] },
  "reservations.release": {},
  "reservations.fulfil": {},
  "thresholds.put": { minimum: 6, maximum: 24 },
  "organisations.create": { id: "branch", name: "The branch" },
  "organisations.change": { name: "The other branch" },
  "keys.create": { name: "till", scopes: ["stock:read", "stock:write"] },
  "keys.change": { name: "till 2" },
  "keys.rotate": { overlapMs: 86_400_000 },
  "webhooks.create": { url: "https://shop.example.com/hooks", events: ["stock.depleted"] },
  "webhooks.change": { enabled: false },
  "webhooks.rotate": { overlapMs: 86_400_000 },
  "webhooks.recover": { since: "2026-03-01T00:00:00.000Z", until: "2026-03-08T00:00:00.000Z" },
};

/** By resource, then by parameter of the path. */
export const PATHS = {
  items: { id: "TEA", item: "TEA", location: "shop" },
  categories: { id: "drinks" },
  manufacturers: { id: "acme" },
  locations: { id: "shop" },
  organisations: { id: "branch" },
  keys: { id: "key_4fGz0m1bYc2kQ9sXw7Ta" },
  webhooks: { id: "whe_4fGz0m1bYc2kQ9sXw7Ta", message: "msg_5d41402abc4b2a76b9719d911017c592" },
  reservations: { sequence: "1" },
  shipments: { sequence: "1" },
  transactions: { sequence: "1" },
};

const DAY = "2026-03-01T00:00:00.000Z";

/** By parameter of the query; those that must not be given are there, switched off. */
export const QUERY = {
  after: 0,
  archived: false,
  at: DAY,
  category: "drinks",
  cursor: "",
  depleted: true,
  from: DAY,
  item: "TEA",
  kinds: "receive,issue",
  limit: 50,
  location: "shop",
  manufacturer: "acme",
  nonZero: true,
  order: "descending",
  query: "earl",
  recordedAt: DAY,
  reference: "PO-1",
  sequence: 1,
  since: DAY,
  status: "failed",
  to: "2026-04-01T00:00:00.000Z",
  type: "stock.depleted",
  types: "stock.moved",
  until: "2026-04-01T00:00:00.000Z",
};

/** By header; Postman makes a new idempotency key for each request it sends. */
export const HEADERS = {
  "If-Match": "*",
  "If-None-Match": "*",
  "Idempotency-Key": "{{$guid}}",
};
