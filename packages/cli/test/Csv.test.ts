import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Csv, readCsv } from "../src/import/Csv.js";

const read = (text: string, delimiter = ","): Csv => {
  const csv = readCsv(text, delimiter);
  if ("fault" in csv) throw new Error(csv.fault);
  return csv;
};

const lines = (csv: Csv) => csv.records.map(({ line, fields }) => [line, ...fields]);

describe("CSV", () => {
  it("knows the physical lines of its records", () => {
    const csv = read('a,b\n1,"x\ny"\n2,z\n\n\n3,w\n');
    expect(csv.header).toEqual({ line: 1, fields: ["a", "b"] });
    expect(lines(csv)).toEqual([
      [2, "1", "x\ny"],
      [4, "2", "z"],
      [7, "3", "w"],
    ]);
    expect(csv.cutOff).toBeNull();
  });

  it.each([["\n"], ["\r\n"], ["\r"]])("counts lines ended by %j", (newline) => {
    const text = ["", "a,b", '1,"x', 'y"', "2,z"].join(newline);
    expect(lines(read(text))).toEqual([
      [3, "1", "x\ny"],
      [5, "2", "z"],
    ]);
  });

  it("reads other delimiters, doubled quotes and quotes amid a text", () => {
    expect(lines(read('a;b\n"say ""hi""";12" RULER', ";"))).toEqual([[2, 'say "hi"', '12" RULER']]);
  });

  it("takes a last line with too few columns for cut off", () => {
    const csv = read("a,b,c\n1,2,3\n4,5");
    expect(csv.cutOff).toBe(3);
    expect(lines(csv)).toEqual([[2, "1", "2", "3"]]);
  });

  it("takes a last line with an open quote for cut off", () => {
    const csv = read('a,b\n1,2\n\n3,"abc');
    expect(csv.cutOff).toBe(4);
    expect(lines(csv)).toEqual([[2, "1", "2"]]);
  });

  it("leaves short lines elsewhere to be judged", () => {
    expect(read("a,b\n1\n2,3").records[0]).toEqual({ line: 2, fields: ["1"] });
  });

  it("tells where a quote begins that swallows the rest", () => {
    expect(readCsv('a,b\n1,2\n3,"x\n4,5\n6,7\n', ",")).toEqual({
      line: 3,
      fault: expect.stringContaining("never ends"),
    });
  });

  it.each(["", "\n", "\n\n"])("tells that %j is empty", (text) => {
    expect(readCsv(text, ",")).toEqual({ line: null, fault: "the file is empty" });
  });

  it("reads back whatever it is written, line by line", () => {
    const field = fc.stringMatching(/^[a-z",\n é]{0,8}$/);
    const table = fc.array(fc.tuple(field, field, fc.constant("end")), { minLength: 1 });
    fc.assert(
      fc.property(table, (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const written = rows.map((row) => row.map(quoted).join(","));
        const csv = read(["h1,h2,h3", ...written].join("\n"));
        expect(csv.records.map(({ fields }) => fields)).toEqual(rows);
        let line = 2;
        const expected = written.map((text) => {
          const at = line;
          line += text.split("\n").length;
          return at;
        });
        expect(csv.records.map((record) => record.line)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
