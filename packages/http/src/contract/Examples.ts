/** A named example of every answer: documents show them, mocks give them. */
import type { EventType } from "@stockbook/engine";
import type { Examples } from "./Document.js";
import type { TEST_TYPE } from "./WebhookBodies.js";

const AT = "2026-03-01T12:00:00.000Z";

const tea = {
  id: "TEA",
  sku: "TEA",
  name: "Earl Grey, 100 g",
  unit: "piece",
  precision: 0,
  currency: "EUR",
  unitCost: 320,
  negativePolicy: null,
  category: "drinks",
  manufacturer: "acme",
  attributes: { origin: "Ceylon", barcodes: ["4006381333931"] },
  archived: false,
};
const drinks = { id: "drinks", name: "Drinks", parent: null };
const acme = { id: "acme", name: "Acme" };
const shop = {
  id: "shop",
  name: "Shop in the High Street",
  code: "S1",
  kind: "shop",
  parent: null,
  attributes: {},
  archived: false,
};

const receipt = (sequence: number, type = "stock.moved") => ({
  result: "accepted",
  sequence,
  occurredAt: AT,
  recordedAt: AT,
  entries: [{ sequence, type }],
});
const repeated = (sequence: number) => ({ ...receipt(sequence), result: "repeated" });

const stock = {
  item: "TEA",
  sku: "TEA",
  name: tea.name,
  unit: "piece",
  location: "shop",
  lot: null,
  onHand: 12,
  available: 9,
  reserved: 3,
  unavailable: 0,
  value: 3840,
  currency: "EUR",
};

const refusal = {
  result: "rejected",
  rejection: {
    code: "insufficient-stock",
    message: "lines[0]: TEA at shop: wanted 20, available 9",
    line: 0,
    item: "TEA",
    location: "shop",
    bucket: "available",
    wanted: 20,
    available: 9,
  },
};

const transaction = {
  sequence: 7,
  kind: "receive",
  occurredAt: AT,
  recordedAt: AT,
  reference: "PO-1001",
  note: null,
  reason: null,
  actor: null,
  reservation: null,
  shipment: null,
  reverses: null,
  lines: [
    {
      item: "TEA",
      sku: "TEA",
      name: tea.name,
      lot: null,
      from: "@supplier",
      fromBucket: "available",
      to: "shop",
      toBucket: "available",
      quantity: 12,
      value: 3840,
      currency: "EUR",
    },
  ],
};

const threshold = {
  item: "TEA",
  sku: "TEA",
  name: tea.name,
  unit: "piece",
  location: "shop",
  minimum: 6,
  maximum: 24,
  quantity: 4,
  depleted: true,
  replenishment: 20,
};

const commitment = {
  sequence: 9,
  lines: [{ item: "TEA", lot: null, location: "shop", quantity: 3 }],
};

const organisation = {
  id: "acme-shops",
  name: "Acme Shops",
  createdAt: AT,
  plan: { name: "standard", requests: 6000, windowMs: 60000 },
  settings: { timeZone: "Europe/London", currency: "GBP", negativePolicy: "deny" },
  options: { "tictap.mode": "entities" },
};

const key = {
  id: "key_4mTq9xWb2LdR7vKp",
  organisation: "acme-shops",
  mode: "test",
  name: "Till 1",
  hint: "sb_test_Xk3v…9QfA",
  scopes: ["catalogue:read", "stock:read", "stock:write"],
  allowedIps: [],
  active: true,
  createdAt: AT,
  expiresAt: null,
  revokedAt: null,
};
// No secret can look like this: its checksum is wrong.
const createdKey = { key, secret: "sb_test_an-example-that-opens-nothing" };

const endpoint = {
  id: "whe_4mTq9xWb2LdR7vKpYc3n",
  organisation: "acme-shops",
  mode: "test",
  url: "https://shop.example.com/hooks/stock",
  description: "Reorders at the wholesaler",
  api: "native",
  events: ["stock.depleted", "stock.replenished"],
  format: "json",
  headers: {},
  ordered: false,
  maxConcurrent: 8,
  maxPerSecond: null,
  retryDelaysMs: [5000, 300000, 1800000, 7200000, 18000000, 36000000, 36000000],
  createdAt: AT,
  disabled: null,
};
// Not long enough to be one.
const createdEndpoint = { endpoint, secret: "whsec_an-example" };

const crossing = {
  item: "TEA",
  sku: "TEA",
  location: "shop",
  previous: 12,
  quantity: 4,
  minimum: 6,
  maximum: 24,
  replenishment: 20,
  cause: 11,
};
const webhook = (type: string, sequence: number, data: unknown) => ({
  type,
  timestamp: AT,
  sequence,
  occurredAt: AT,
  data,
});
const depleted = webhook("stock.depleted", 12, crossing);

const delivery = {
  endpoint: endpoint.id,
  message: "msg_5d41402abc4b2a76b9719d911017c592",
  type: "stock.depleted",
  sequence: 12,
  status: "waiting",
  attempts: 1,
  nextAttemptAt: "2026-03-01T12:00:05.000Z",
  createdAt: AT,
  finishedAt: null,
};
const testDelivery = {
  ...delivery,
  message: "msg_7sTq2xWb9LdR4vKpYc1nZe8u",
  type: "webhook.test",
  sequence: null,
  attempts: 0,
  nextAttemptAt: AT,
};
const attempt = {
  number: 1,
  at: AT,
  durationMs: 87,
  request: {
    url: endpoint.url,
    headers: {
      "content-type": "application/json",
      "webhook-id": delivery.message,
      "webhook-timestamp": "1772366400",
      "webhook-signature": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    },
  },
  outcome: {
    type: "answered",
    status: 503,
    headers: { "content-type": "text/plain" },
    body: "down for a moment",
    truncated: false,
  },
};

const page = (...rows: readonly unknown[]) => ({ rows, next: null });
const list = (...rows: readonly unknown[]) => ({ rows });
const only = (status: number, value: unknown) => ({ [status]: { default: value } });
const committed = (sequence: number) => ({
  201: { accepted: receipt(sequence) },
  200: { repeated: repeated(sequence) },
});

export const EXAMPLES: Examples = {
  "items.list": only(200, { ...page(tea), next: "MQ" }),
  "items.get": only(200, tea),
  "items.put": only(200, tea),
  "categories.list": only(200, list(drinks)),
  "categories.get": only(200, drinks),
  "categories.put": only(200, drinks),
  "manufacturers.list": only(200, list(acme)),
  "manufacturers.get": only(200, acme),
  "manufacturers.put": only(200, acme),
  "locations.list": only(200, list(shop)),
  "locations.get": only(200, shop),
  "locations.put": only(200, shop),
  "movements.create": committed(7),
  "movements.count": committed(8),
  "movements.batch": only(200, { results: [receipt(7), refusal] }),
  "movements.preview": only(200, { results: [receipt(7)] }),
  "stock.list": only(200, page(stock)),
  "stock.card": only(200, {
    item: tea,
    location: shop,
    opening: 0,
    openingAvailable: 0,
    rows: [
      {
        sequence: 7,
        occurredAt: AT,
        recordedAt: AT,
        kind: "receive",
        reference: "PO-1001",
        note: null,
        in: 12,
        out: 0,
        onHand: 12,
        available: 12,
        value: 3840,
        counterpart: "@supplier",
      },
    ],
    closing: 12,
    next: null,
  }),
  "stock.valuation": only(200, {
    ...page({
      item: "TEA",
      sku: "TEA",
      name: tea.name,
      unit: "piece",
      location: "shop",
      onHand: 12,
      value: 3840,
      currency: "EUR",
    }),
    totals: [{ amount: 3840, currency: "EUR" }],
  }),
  "reservations.list": only(200, page(commitment)),
  "reservations.get": only(200, commitment),
  "reservations.create": committed(9),
  "reservations.release": committed(10),
  "reservations.fulfil": committed(10),
  "shipments.list": only(200, page(commitment)),
  "shipments.get": only(200, commitment),
  "thresholds.list": only(200, page(threshold)),
  "thresholds.low": only(200, page(threshold)),
  "thresholds.put": only(200, receipt(6, "threshold.changed")),
  "thresholds.remove": only(200, receipt(6, "threshold.removed")),
  "thresholds.plan": only(200, {
    rows: [
      {
        item: "TEA",
        sku: "TEA",
        name: tea.name,
        unit: "piece",
        location: "shop",
        quantity: 20,
        onHand: 4,
        incoming: 0,
        reserved: 0,
        derivation: {
          position: 4,
          trigger: 6,
          target: 24,
          need: 20,
          afterMinimum: 20,
          afterRounding: 20,
          quantity: 20,
          shortOf: "nothing",
        },
      },
    ],
  }),
  "transactions.list": only(200, page(transaction)),
  "transactions.statistics": only(200, {
    transactions: 1,
    lines: 1,
    kinds: [
      { kind: "receive", transactions: 1, lines: 1, value: [{ amount: 3840, currency: "EUR" }] },
    ],
  }),
  "transactions.get": only(200, transaction),
  "events.list": only(200, {
    rows: [
      { sequence: 7, type: "stock.moved", occurredAt: AT, recordedAt: AT, data: transaction },
      {
        sequence: 12,
        type: "stock.depleted",
        occurredAt: AT,
        recordedAt: AT,
        data: crossing,
      },
    ],
    after: 12,
    more: false,
  }),
  "organisations.own": only(200, organisation),
  "organisations.list": only(200, list(organisation)),
  "organisations.create": only(201, organisation),
  "organisations.get": only(200, organisation),
  "organisations.change": only(200, organisation),
  "keys.list": only(200, list(key)),
  "keys.create": only(201, createdKey),
  "keys.get": only(200, key),
  "keys.change": only(200, key),
  "keys.revoke": only(200, { ...key, revokedAt: AT }),
  "keys.rotate": only(201, createdKey),
  "webhooks.list": only(200, list(endpoint)),
  "webhooks.create": only(201, createdEndpoint),
  "webhooks.get": only(200, endpoint),
  "webhooks.change": only(200, { ...endpoint, disabled: { reason: "asked", at: AT } }),
  "webhooks.remove": only(200, endpoint),
  "webhooks.rotate": only(200, createdEndpoint),
  "webhooks.test": only(201, testDelivery),
  "webhooks.recover": only(200, { recovered: 3 }),
  "webhooks.deliveries": only(200, page(testDelivery, delivery)),
  "webhooks.delivery": only(200, {
    ...delivery,
    body: JSON.stringify(depleted),
    history: [attempt],
  }),
  "webhooks.resend": only(200, delivery),
  "system.live": only(200, { status: "ok" }),
  "system.ready": only(200, { status: "ok" }),
};

/** What is sent, by type. */
export const WEBHOOK_EXAMPLES: Readonly<Record<EventType | typeof TEST_TYPE, unknown>> = {
  "ledger.opened": webhook("ledger.opened", 1, organisation.settings),
  "stock.moved": webhook("stock.moved", 7, transaction),
  "stock.depleted": depleted,
  "stock.replenished": webhook("stock.replenished", 15, {
    ...crossing,
    previous: 4,
    quantity: 24,
    replenishment: 0,
    cause: 14,
  }),
  "item.changed": webhook("item.changed", 5, tea),
  "category.changed": webhook("category.changed", 2, drinks),
  "manufacturer.changed": webhook("manufacturer.changed", 3, acme),
  "location.changed": webhook("location.changed", 4, shop),
  "threshold.changed": webhook("threshold.changed", 6, {
    item: "TEA",
    location: "shop",
    minimum: 6,
    maximum: 24,
    orderMultiple: 0,
    minimumOrder: 0,
    maximumOrder: 0,
  }),
  "threshold.removed": webhook("threshold.removed", 16, { item: "TEA", location: "shop" }),
  "command.refused": webhook("command.refused", 17, {
    command: "issue",
    rejection: refusal.rejection,
  }),
  "webhook.test": { type: "webhook.test", data: { message: "This is a test; nothing happened." } },
};
