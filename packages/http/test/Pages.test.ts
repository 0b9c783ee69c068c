import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkHeader, spanOf } from "../src/kit/Pages.js";

const sizes = fc.record({
  total: fc.integer({ min: 0, max: 500 }),
  size: fc.integer({ min: 1, max: 100 }),
});

describe("numbered pages", () => {
  it("give every row once and in order, whatever their size", () => {
    fc.assert(
      fc.property(sizes, ({ total, size }) => {
        const rows = Array.from({ length: total }, (_, i) => i);
        const seen: number[] = [];
        for (let page = 1; ; page++) {
          const { offset, limit, pages, links } = spanOf({ page, size }, total);
          seen.push(...rows.slice(offset, offset + limit));
          expect(links.next === undefined).toBe(page === pages);
          if (links.next === undefined) break;
          expect(links.next).toEqual({ page: String(page + 1) });
        }
        expect(seen).toEqual(rows);
      }),
    );
  });

  it("lead back and forth between neighbours", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 20 }), ({ total, size }, page) => {
        const { links, pages } = spanOf({ page, size }, total, "p");
        expect(links.first).toEqual({ p: "1" });
        expect(links.last).toEqual({ p: String(pages) });
        if (page > 1) expect(Number(links.prev?.p)).toBe(Math.min(page - 1, pages));
        else expect(links.prev).toBeUndefined();
      }),
    );
  });
});

describe("the Link header", () => {
  it("keeps what else was asked for, and is relative to the request", () => {
    const header = linkHeader("name=a%26b&page=2", { prev: { page: "1" }, next: { page: "3" } });
    expect(header).toBe('<?name=a%26b&page=1>; rel="prev", <?name=a%26b&page=3>; rel="next"');
  });
});
