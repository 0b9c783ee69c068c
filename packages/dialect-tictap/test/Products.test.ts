import { describe, expect, it } from "vitest";
import { startServer } from "./support/TestServer.js";

const cable = {
  name: "HDMI cable, 2 m",
  unitCostAmount: 1299,
  unitCostCurrency: "EUR",
  description: "For screens",
  partNumber: "CAB-2M",
  qrCodes: ["QR-1"],
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ULID = "01K7Q2M4T9V6B3XW8ZC5N1RJHD";

describe("making a product", () => {
  it("answers 201 with a message, and it is found as it was written", async () => {
    await using server = await startServer();
    const { client } = server;
    await server.submit(
      { type: "put-category", id: "cables", name: "Cables" },
      { type: "put-manufacturer", id: "acme", name: "Acme" },
    );
    const image = "https://shop.example/cable.jpg";
    const made = await client.createProduct({
      ...cable,
      categoryId: "cables",
      manufacturerId: "acme",
      image,
    });
    expect(made).toMatchObject({ status: 201, body: { message: "Product created successfully" } });
    const { body: products } = await client.products();
    expect(products).toEqual([
      {
        id: expect.stringMatching(UUID),
        name: "HDMI cable, 2 m",
        description: "For screens",
        image: { id: null, url: image },
        image_url: image,
        qr_codes: ["QR-1"],
        unit_cost: { amount: "1299", currency: "EUR" },
        part_number: "CAB-2M",
        category_id: "cables",
        manufacturer_id: "acme",
      },
    ]);
    expect(await client.product(products[0].id)).toMatchObject({ status: 200, body: products[0] });
  });

  it("takes an id, an amount in digits, and the organisation's currency where none is given", async () => {
    await using server = await startServer({ organisation: { settings: usd } });
    const { client } = server;
    const made = await client.createProduct({ id: ULID, name: "Tea", unitCostAmount: "320" });
    expect(made.status).toBe(201);
    expect((await client.product(ULID)).body).toMatchObject({
      id: ULID,
      description: null,
      image: { id: null, url: null },
      image_url: null,
      qr_codes: [],
      unit_cost: { amount: "320", currency: "USD" },
      part_number: null,
      category_id: null,
      manufacturer_id: null,
    });
  });

  it.each([
    ["no name", { unitCostAmount: 1 }, "name"],
    ["a blank name", { name: " ", unitCostAmount: 1 }, "name"],
    ["no amount", { name: "Tea" }, "unitCostAmount"],
    ["an amount below 0", { name: "Tea", unitCostAmount: -1 }, "unitCostAmount"],
    ["an amount with a point", { name: "Tea", unitCostAmount: "12.99" }, "unitCostAmount"],
    ["a currency there is not", { ...cable, unitCostCurrency: "XYZ" }, "unitCostCurrency"],
    ["an id of another form", { ...cable, id: "7" }, "id"],
    ["an image that is no address", { ...cable, image: "cable.jpg" }, "image"],
    ["a category there is not", { ...cable, categoryId: "none" }, "categoryId"],
    ["a manufacturer there is not", { ...cable, manufacturerId: "none" }, "manufacturerId"],
    ["a field there is not", { ...cable, colour: "red" }, "colour"],
  ])("refuses %s", async (_, product, field) => {
    await using server = await startServer();
    const { status, body } = await server.client.createProduct(product);
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [{ field, message: expect.any(String) }],
    });
    expect(body.message).toContain(field);
    expect((await server.client.products()).body).toEqual([]);
  });

  it("refuses a part number and an id that are taken", async () => {
    await using server = await startServer();
    const { client } = server;
    await client.createProduct({ ...cable, id: ULID });
    const partNumber = await client.createProduct(cable);
    expect(partNumber).toMatchObject({ status: 409, body: { errors: [{ field: "partNumber" }] } });
    const id = await client.createProduct({ ...cable, partNumber: "OTHER", id: ULID });
    expect(id).toMatchObject({ status: 409, body: { errors: [{ field: "id" }] } });
  });
});

const usd = { timeZone: "UTC", currency: "USD", negativePolicy: "deny" } as const;

describe("changing a product", () => {
  it("changes what is given, and answers with the product", async () => {
    await using server = await startServer();
    const { client } = server;
    await client.createProduct({ ...cable, id: ULID });
    const before = (await client.product(ULID)).body;
    const renamed = await client.changeProduct(ULID, { name: "Cable" });
    expect(renamed).toMatchObject({ status: 200, body: { ...before, name: "Cable" } });
    const emptied = await client.changeProduct(ULID, {
      partNumber: null,
      description: null,
      qrCodes: null,
      unitCostAmount: "1",
      unitCostCurrency: "USD",
    });
    expect(emptied.body).toEqual({
      ...before,
      name: "Cable",
      part_number: null,
      description: null,
      qr_codes: [],
      unit_cost: { amount: "1", currency: "USD" },
    });
    expect(await client.changeProduct(ULID, {})).toMatchObject({ status: 200, body: emptied.body });
  });

  it("refuses a part number that is taken, and a product there is not", async () => {
    await using server = await startServer();
    const { client } = server;
    await client.createProduct({ ...cable, id: ULID });
    await client.createProduct({ ...cable, partNumber: "OTHER" });
    const taken = await client.changeProduct(ULID, { partNumber: "OTHER" });
    expect(taken).toMatchObject({ status: 409, body: { errors: [{ field: "partNumber" }] } });
    const missing = await client.changeProduct("7", { name: "Cable" });
    expect(missing).toMatchObject({ status: 404, body: { message: "there is no product 7" } });
  });
});

describe("removing a product", () => {
  it("answers 204 without a body; the product is gone and its part number free", async () => {
    await using server = await startServer();
    const { client } = server;
    await client.createProduct({ ...cable, id: ULID });
    const removed = await client.removeProduct(ULID);
    expect({ status: removed.status, body: removed.body }).toEqual({ status: 204, body: "" });
    expect((await client.product(ULID)).status).toBe(404);
    expect((await client.changeProduct(ULID, { name: "Cable" })).status).toBe(404);
    expect((await client.removeProduct(ULID)).status).toBe(404);
    expect((await client.products()).body).toEqual([]);
    expect((await client.createProduct(cable)).status).toBe(201);
    expect((await client.createProduct({ ...cable, partNumber: "B", id: ULID })).status).toBe(409);
  });

  it("refuses one that has stock, a threshold or a history", async () => {
    await using server = await startServer();
    const { client } = server;
    await server.submit({ type: "put-location", id: "north" });
    await client.createProduct({ ...cable, id: ULID });
    await client.createItem("north", item(ULID, 0));
    expect(await client.removeProduct(ULID)).toMatchObject({ status: 409 });
    const receive = {
      type: "receive",
      location: "north",
      lines: [{ item: ULID, quantity: 2 }],
    } as const;
    await server.submit(receive, { ...receive, type: "issue" });
    await server.submit({ type: "remove-threshold", item: ULID, location: "north" });
    expect(await client.removeProduct(ULID)).toMatchObject({ status: 409 });
    expect((await client.product(ULID)).status).toBe(200);
  });
});

const item = (productId: string, quantity: number) => ({
  productId,
  quantity,
  minQuantity: 0,
  maxQuantity: 0,
});

describe("listing products", () => {
  it("filters by name, category, part number and owner", async () => {
    await using server = await startServer();
    const { client } = server;
    await server.submit({ type: "put-category", id: "tea" });
    await client.createProduct({ name: "Green 100%", unitCostAmount: 1, partNumber: "A_1" });
    await client.createProduct({ name: "Black", unitCostAmount: 1, partNumber: "GREEN-2" });
    await client.createProduct({ name: "Mint", unitCostAmount: 1, categoryId: "tea", id: ULID });
    const named = async (query: Record<string, string>) =>
      (await client.products(query)).body.map(({ name }: { name: string }) => name);
    expect(await named({ name: "gREEN" })).toEqual(["Green 100%"]);
    expect(await named({ name: "%" })).toEqual(["Green 100%"]);
    expect(await named({ name: "_" })).toEqual([]);
    expect(await named({ query: "green" })).toEqual(["Green 100%", "Black"]);
    expect(await named({ query: "a_1" })).toEqual(["Green 100%"]);
    expect(await named({ query: ULID })).toEqual([]);
    expect(await named({ categoryId: "tea" })).toEqual(["Mint"]);
    expect(await named({ ownerId: "acme" })).toHaveLength(3);
    expect(await client.products({ ownerId: "other" })).toMatchObject({ status: 403 });
    expect(await client.products({ page: 1 })).toMatchObject({ status: 400 });
  });
});

describe("products that are entities", () => {
  it("are read with their values and not written", async () => {
    await using server = await startServer({
      organisation: { options: { "tictap.mode": "entities" } },
    });
    const { client } = server;
    const attributes = { description: "Black", qrCodes: ["Q"], organic: true, leaf: "broken" };
    await server.submit({ type: "put-item", id: "TEA", name: "Tea", attributes });
    const { body } = await client.product("TEA");
    expect(body).toMatchObject({
      part_number: "TEA",
      description: "Black",
      unit_cost: null,
      values: { organic: true, leaf: "broken" },
    });
    expect((await client.products()).body).toEqual([body]);
    const writes = [
      await client.createProduct(cable),
      await client.changeProduct("TEA", { name: "X" }),
      await client.removeProduct("TEA"),
      await client.importProducts([]),
    ];
    for (const { status, body: refusal } of writes) {
      expect({ status, ...refusal }).toEqual({
        status: 400,
        message: expect.stringContaining("entities"),
      });
    }
  });
});
