import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedPage, metaOf } from "../src/Pages.js";

describe("pages", () => {
  it("have every row once, in order, and none past the end", () => {
    const sizes = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(fc.nat(1_000), sizes, (total, per_page) => {
        const { total_pages } = metaOf(askedPage({ per_page }, 50), total);
        const rows: number[] = [];
        for (let page = 1; page <= total_pages; page++) {
          const { offset, perPage } = askedPage({ page, per_page }, 50);
          const end = Math.min(offset + perPage, total);
          expect(end).toBeGreaterThan(offset);
          for (let row = offset; row < end; row++) rows.push(row);
        }
        expect(rows).toEqual(Array.from({ length: total }, (_, row) => row));
      }),
    );
  });

  it("are as long as is usual where nothing is said, and none where there are no rows", () => {
    expect(askedPage({}, 20)).toEqual({ page: 1, perPage: 20, offset: 0 });
    expect(metaOf(askedPage({}, 50), 0)).toEqual({
      page: 1,
      per_page: 50,
      total: 0,
      total_pages: 0,
    });
  });
});
