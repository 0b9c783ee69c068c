// What the requests of TicTAP's Postman collection say.
const PRODUCT = "0190b7a1-2f60-4c3e-9a53-2f4c5a1b9e77";
const STORE = "shop";

/** By operation. */
export const BODIES = {
  "products.create": {
    id: PRODUCT,
    name: "HDMI cable, 2 m",
    unitCostAmount: 1299,
    unitCostCurrency: "EUR",
    partNumber: "CAB-HDMI-2M",
    qrCodes: ["QR-001"],
  },
  "products.change": { unitCostAmount: 1399 },
  "products.import": {
    products: [{ partNumber: "CAB-VGA-1M", name: "VGA cable, 1 m", unitCost: "799" }],
  },
  "stores.createItem": { productId: PRODUCT, quantity: 0, minQuantity: 10, maxQuantity: 100 },
  "stores.changeItem": { quantity: 42, minQuantity: 10, maxQuantity: 100 },
  "webhooks.create": { url: "https://erp.example.com/hooks/stock", format: "json" },
};

/** By resource, the third part of a path, then by parameter. */
export const PATHS = {
  products: { id: PRODUCT },
  stores: { id: STORE, format: "csv" },
  items: { id: Buffer.from(`${PRODUCT}\n${STORE}`).toString("base64url") },
  "transactions.{format}": { format: "json" },
  team: { format: "csv" },
};

const FROM = "2026-03-01 00:00:00";
const TO = "2026-03-31 23:59:59";

/** By parameter of the query; those that must not be given are there, switched off. */
export const QUERY = {
  "ids[]": [STORE],
  "stores[]": [STORE],
  categoryId: "cables",
  currency: "EUR",
  destination_node: STORE,
  destination_store: STORE,
  from: FROM,
  from_date: FROM,
  limit: 25,
  movement_type: "input",
  name: "cable",
  order_number: "ORD-2026",
  origin_node: STORE,
  origin_store: STORE,
  ownerId: "default",
  page: 1,
  product_id: PRODUCT,
  quantity: 10,
  query: "HDMI",
  reason: "purchase",
  scope: "team",
  store: STORE,
  to: TO,
  to_date: TO,
  user_id: "key_4fGz0m1bYc2kQ9sXw7Ta",
};
