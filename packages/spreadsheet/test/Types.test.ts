import { Stream } from "effect";
import { describe, expectTypeOf, it } from "vitest";
import {
  defineColumns,
  type RowOf,
  readTable,
  type TableReadError,
  type TableWriteError,
  writeCsv,
  writeXlsx,
} from "../src/index.js";

const columns = defineColumns([
  { name: "sku", type: "text", heading: "SKU" },
  { name: "worth", type: "decimal" },
  { name: "counted", type: "instant" },
]);

interface Line {
  readonly sku: string | null;
  readonly worth: string | null;
  readonly counted: number | null;
}

describe("the types of a table", () => {
  it("are those of its columns", () => {
    expectTypeOf<RowOf<typeof columns>>().toEqualTypeOf<Line>();
    const read = readTable(columns, new Uint8Array());
    expectTypeOf<Stream.Stream.Success<typeof read>["values"]>().toEqualTypeOf<Line>();
    expectTypeOf<Stream.Stream.Error<typeof read>>().toEqualTypeOf<TableReadError>();
  });

  it("keep the errors of where the rows and the bytes come from", () => {
    const rows = Stream.fail("gone" as const);
    const written = writeXlsx(columns, rows);
    expectTypeOf<Stream.Stream.Error<typeof written>>().toEqualTypeOf<"gone" | TableWriteError>();
    const read = readTable(columns, Stream.fail("cut" as const));
    expectTypeOf<Stream.Stream.Error<typeof read>>().toEqualTypeOf<"cut" | TableReadError>();
  });

  it("allow no row without a column, and no value of another type", () => {
    // @ts-expect-error: the row lacks two columns
    writeCsv(columns, Stream.make({ sku: "A" }));
    // @ts-expect-error: money as a float
    writeCsv(columns, Stream.make({ sku: "A", worth: 1.5, counted: null }));
    // @ts-expect-error: a type that there is not
    defineColumns([{ name: "x", type: "currency" }]);
  });
});
