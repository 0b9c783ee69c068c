import { expectTypeOf, it } from "vitest";
import type {
  Answer,
  CallOptions,
  Conflict,
  Item,
  ItemPage,
  ItemsListQuery,
  Key,
  PagedAnswer,
  Receipt,
  StockbookClient,
  StockCardQuery,
} from "../src/index.js";

type Client = StockbookClient;

it("types answers by what the operation succeeds with", () => {
  expectTypeOf<Client["items"]["get"]>().returns.toEqualTypeOf<Answer<Item>>();
  expectTypeOf<Client["items"]["list"]>().returns.toEqualTypeOf<PagedAnswer<ItemPage>>();
  expectTypeOf<Awaited<ReturnType<Client["movements"]["create"]>>>().toEqualTypeOf<Receipt>();
  type Listed = ReturnType<Client["items"]["list"]>;
  type Row = Listed extends AsyncIterable<infer Found> ? Found : never;
  expectTypeOf<Row>().toEqualTypeOf<Item>();
});

it("types arguments by what the operation takes", () => {
  expectTypeOf<Client["thresholds"]["put"]>().parameter(1).toEqualTypeOf<string>();
  expectTypeOf<Client["reservations"]["get"]>().parameter(0).toEqualTypeOf<number>();
  expectTypeOf<Client["keys"]["change"]>().parameter(2).toHaveProperty("ifMatch").toBeString();
  expectTypeOf<Client["webhooks"]["rotate"]>()
    .parameter(2)
    .exclude<undefined>()
    .not.toHaveProperty("idempotencyKey");
  expectTypeOf<Parameters<Client["stock"]["card"]>[0]>().toHaveProperty("item").toBeString();
  expectTypeOf<{ limit: 1; cursor: undefined }>().toExtend<ItemsListQuery>();
  expectTypeOf<{ item: "TEA"; location: undefined }>().not.toExtend<StockCardQuery>();
  type Options = Parameters<Client["categories"]["list"]>[0];
  expectTypeOf<Options>().toEqualTypeOf<CallOptions | undefined>();
});

it("types what an error tells", () => {
  expectTypeOf<NonNullable<Conflict["rejection"]>["available"]>().toEqualTypeOf<
    number | undefined
  >();
  expectTypeOf<Key["revokedAt"]>().toEqualTypeOf<string | null>();
});
