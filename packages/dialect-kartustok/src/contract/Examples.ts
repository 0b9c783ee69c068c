/** A named example of every answer: documents show them, mocks give them. */
import type { Examples } from "@stockbook/http/contract";

const BEANS = "5d0a3a52-3c0e-4f57-9f0e-6a1a70c1b9d4";
const CUPS = "b1f6a8de-94a7-4a0c-8a2b-2f5c1d7e9034";
const COFFEE = "0f9b6a0c-7d34-4c1b-9a53-4be1c8f2d6a7";
const DRINKS = "c7e2d4b8-1a5f-4e93-b6d0-8f3a29c5e147";
const JAKARTA = "83d1f5c0-62be-4b7a-a9e4-d05c7b1e3f28";
const STORE_ROOM = "e94a07b3-d8c6-4f21-8e5b-37c0a1f6d952";
const AT = "2026-03-02T09:15:00.000+07:00";

const beans = {
  id: BEANS,
  code: "BEANS",
  name: "Coffee beans, 1 kg",
  unit: "kg",
  category_id: COFFEE,
  is_active: true,
  updated_at: AT,
};
const cups = {
  id: CUPS,
  code: "CUP-12",
  name: "Paper cups, 12 oz",
  unit: "piece",
  category_id: null,
  is_active: false,
  updated_at: "2026-02-11T16:40:12.350+07:00",
};

const success = (data: unknown) => ({ status: "success", data });
const meta = (per_page: number, total: number) => ({
  page: 1,
  per_page,
  total,
  total_pages: Math.ceil(total / per_page),
});
const page = (per_page: number, rows: readonly object[]) => ({
  page: { ...success(rows), meta: meta(per_page, rows.length) },
  empty: { ...success([]), meta: meta(per_page, 0) },
});

export const EXAMPLES: Examples = {
  "meta.health": { 200: { healthy: success({ ok: true, time: AT }) } },
  "meta.company": {
    200: {
      company: success({
        id: "2c8f4d17-5b0a-4e6e-9d31-a7f0c6b2e895",
        name: "Kopi Acme",
        slug: "acme",
        currency: "IDR",
        timezone: "Asia/Jakarta",
      }),
    },
  },
  "items.list": { 200: page(20, [beans, cups]) },
  "items.get": { 200: { item: success(beans) } },
  "categories.list": {
    200: {
      categories: success([
        { id: DRINKS, name: "Drinks", parent_id: null },
        { id: COFFEE, name: "Coffee", parent_id: DRINKS },
      ]),
    },
  },
  "locators.list": {
    200: {
      locators: success([
        { id: JAKARTA, code: "JKT", name: "Jakarta", type: "warehouse", is_active: true },
        { id: STORE_ROOM, code: null, name: "Store room", type: "shelf", is_active: false },
      ]),
    },
  },
  "stock.summary": {
    200: page(50, [
      {
        item_id: BEANS,
        item_code: "BEANS",
        item_name: beans.name,
        locator_id: JAKARTA,
        locator_name: "Jakarta",
        unit: "kg",
        opening: 12.5,
        in: 20,
        out: 4.25,
        closing: 28.25,
      },
    ]),
  },
  "stock.detail": {
    200: page(50, [
      {
        time: AT,
        item_id: BEANS,
        item_code: "BEANS",
        transaction_type: "input",
        reference: "PO-1001",
        note: null,
        in: 20,
        out: 0,
        balance: 32.5,
      },
      {
        time: "2026-03-02T14:02:30.000+07:00",
        item_id: BEANS,
        item_code: "BEANS",
        transaction_type: "transfer_out",
        reference: null,
        note: "For the store room",
        in: 0,
        out: 4.25,
        balance: 28.25,
      },
    ]),
  },
};
