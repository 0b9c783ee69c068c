/** A named example of every answer: documents show them, mocks give them. */
import type { Examples } from "@stockbook/http/contract";
import type {
  Failure,
  MovementTypes,
  Product,
  Replenishment,
  StockItem,
  Store,
  StoreSummary,
  Transaction,
} from "./Views.js";
import type { CrossingBody } from "./WebhookBodies.js";
import { DEPLETED, REPLENISHED, TRANSACTION_CREATED } from "./WebhookBodies.js";

const product: Product = {
  id: "01K7Q2M4T9V6B3XW8ZC5N1RJHD",
  name: "Earl Grey, 100 g",
  description: "Black tea with bergamot",
  image: { id: null, url: "https://shop.example/earl-grey.jpg" },
  image_url: "https://shop.example/earl-grey.jpg",
  qr_codes: ["TEA-0001"],
  unit_cost: { amount: "320", currency: "EUR" },
  part_number: "TEA-EG-100",
  category_id: "3f0b6a52-7c0e-4a8e-9d39-0a1b52e0c7aa",
  manufacturer_id: null,
};
const entity: Product = { ...product, values: { organic: true, leaf: "broken" } };

const store: Store = {
  id: "north",
  name: "Warehouse North",
  code: "WN",
  type: "warehouse",
  scope: "team",
  parent_id: null,
};
const shelf: Store = {
  id: "north-a1",
  name: "Shelf A1",
  code: null,
  type: "shelf",
  scope: null,
  parent_id: "north",
};

const summary: StoreSummary = {
  id: "north",
  name: "Warehouse North",
  parent_id: null,
  type: "warehouse",
  children_count: 1,
  product_count: 1,
  total_quantity: 42,
  below_minimum_count: 0,
  value: [{ amount: "13440", currency: "EUR" }],
  sequence: 118,
};

const { id: productId, name, description, image, image_url, qr_codes } = product;
const stockItem: StockItem = {
  id: "MDFLN1EyTTRUOVY2QjNYVzhaQzVOMVJKSEQKbm9ydGgtYTE",
  name,
  description,
  quantity: 42,
  min_quantity: 10,
  max_quantity: 100,
  qr_codes,
  image_url,
  image,
  node_id: "north-a1",
  unit_cost: product.unit_cost,
  part_number: product.part_number,
};
const low: StockItem = { ...stockItem, quantity: 4 };
const replenishment: Replenishment = { ...low, replenishment_quantity: 96 };

const transaction: Transaction = {
  id: "117",
  date_time: "2026-04-24T10:30:00+02:00",
  applied: "2026-04-24T10:35:00+02:00",
  comments: "Two boxes were open",
  reason: "Weekly order",
  order_number: "PO-1001",
  user_id: "key_7Hq2",
  movement: {
    type: "input",
    origin: null,
    destination: "Shelf A1",
    origin_id: null,
    destination_id: "north-a1",
  },
  lines: [
    {
      product_id: productId,
      product_name: name,
      quantity: 12,
      product_unit_cost: { amount: "320", currency: "EUR" },
      line_cost: { amount: "3840", currency: "EUR" },
    },
  ],
};

const nothing = { transactions: 0, lines: 0, quantity: 0, cost: [] };
const types: MovementTypes = {
  input: { transactions: 1, lines: 1, quantity: 12, cost: [{ amount: "3840", currency: "EUR" }] },
  output: nothing,
  transfer: nothing,
  adjust: nothing,
};

const page = (results: readonly unknown[]) => ({
  results,
  total: results.length,
  count: results.length,
  pages: 1,
  page: 1,
  limit: 25,
});

export const EXAMPLES: Examples = {
  "products.list": { 200: { default: [product], none: [] } },
  "products.get": { 200: { default: product, entity } },
  "products.create": { 201: { default: { message: "Product created successfully" } } },
  "products.change": { 200: { default: product } },
  "products.import": {
    200: {
      default: {
        message: "Products imported successfully",
        created: 5,
        updated: 12,
        processed: 17,
      },
    },
  },
  "stores.list": { 200: { default: [store] } },
  "stores.summaries": { 200: { default: [summary] } },
  "stores.summary": { 200: { default: summary } },
  "stores.children": { 200: { default: page([shelf]) } },
  "stores.availableProducts": { 200: { default: [stockItem] } },
  "stores.products": { 200: { default: [stockItem] } },
  "stores.replenish": { 200: { default: [replenishment] } },
  "stores.createItem": { 201: { default: stockItem } },
  "stores.changeItem": { 200: { default: stockItem } },
  "stores.recalculate": {
    200: {
      default: { recalculated: 2, differences: [] },
      different: {
        recalculated: 2,
        differences: [{ where: "balance TEA north", stored: "41", expected: "42" }],
      },
    },
  },
  "transactions.list": { 200: { default: page([transaction]) } },
  "transactions.summary": {
    200: {
      default: {
        store: "north",
        from: "2026-04-01T00:00:00+02:00",
        to: "2026-04-30T23:59:59+02:00",
        types,
      },
    },
  },
  "transactions.dailyStats": {
    200: { default: { results: [{ store: "north", date: "2026-04-24", types }] } },
  },
};

const crossing = (event: typeof DEPLETED | typeof REPLENISHED, item: StockItem): CrossingBody => ({
  entity: item,
  event: {
    name: event,
    current_snapshot: item,
    data: {
      id: item.id,
      definition_id: "stock_item",
      minimum_stock: item.min_quantity,
      current_stock: item.quantity,
      maximum_stock: item.max_quantity,
      ...(event === DEPLETED && { replenishment_quantity: 96 }),
    },
  },
  datetime: "2026-04-24T10:35:00+02:00",
});

/** What a receiver is sent, by the type of the message. */
export const WEBHOOK_EXAMPLES = {
  [TRANSACTION_CREATED]: transaction,
  [DEPLETED]: crossing(DEPLETED, low),
  [REPLENISHED]: crossing(REPLENISHED, stockItem),
} as const;

/** How this API can fail: what each status means, and what it says. */
export const FAILURES: Readonly<
  Record<number, { readonly description: string; readonly examples: Record<string, Failure> }>
> = {
  400: {
    description: "A parameter or a field is missing or not what it must be",
    examples: {
      field: {
        message: "unitCostAmount is missing",
        errors: [{ field: "unitCostAmount", message: "is missing" }],
      },
      import: {
        message: "products[3].unitCost is missing",
        errors: [{ field: "products[3].unitCost", message: "is missing" }],
      },
      entities: {
        message: "products are entities of another system; they are only read here",
      },
    },
  },
  401: {
    description: "A valid key is needed",
    examples: { default: { message: "send the key as Authorization" } },
  },
  403: {
    description: "The key may not do this",
    examples: { default: { message: "the key needs the scope stock:write" } },
  },
  404: {
    description: "There is no such thing",
    examples: { default: { message: "there is no product 7" } },
  },
  405: {
    description: "The route has no such method",
    examples: { default: { message: "there is GET, HEAD" } },
  },
  406: {
    description: "No answer of this type can be given",
    examples: { default: { message: "answers are application/json" } },
  },
  409: {
    description: "What is there stands against it",
    examples: {
      taken: {
        message: 'partNumber must be one that no other product has, not "TEA-EG-100"',
        errors: [
          {
            field: "partNumber",
            message: 'must be one that no other product has, not "TEA-EG-100"',
          },
        ],
      },
      history: { message: "the product has stock or history, and stays" },
    },
  },
  413: {
    description: "The body is too large",
    examples: { default: { message: "at most 1048576 bytes are taken" } },
  },
  415: {
    description: "The body's type is not understood",
    examples: { default: { message: "the content-type must be application/json" } },
  },
  429: {
    description: "Too many requests",
    examples: { default: { message: "6000 requests in 60 s are allowed" } },
  },
  500: {
    description: "This is a fault of the server",
    examples: {
      default: { message: "this is a fault of the server; nothing of it is your doing" },
    },
  },
  501: {
    description: "The server is not set up for this",
    examples: { default: { message: "this server delivers no webhooks" } },
  },
  503: {
    description: "Busy, or it took too long",
    examples: { default: { message: "the store cannot be used at the moment" } },
  },
};
