import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "../src/import/Encoding.js";
import { textOf } from "../src/import/Source.js";

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))),
  );

describe("decoding", () => {
  it("drops a byte order mark", () => {
    expect(decode(bytes([0xef, 0xbb, 0xbf], "a"), "utf-8")).toEqual({ type: "text", text: "a" });
  });

  it("reads Windows-1252", () => {
    expect(decode(bytes([0xa3, 0x80, 0x81, 0x92, 0x9f]), "windows-1252")).toEqual({
      type: "text",
      text: "£€\u0081’Ÿ",
    });
  });

  it("names the line, offset and byte that are not UTF-8", () => {
    expect(decode(bytes("ä\r\nb\nGift £40 ", [0xa3], "40\n"), "utf-8")).toEqual({
      type: "fault",
      fault: { line: 3, offset: 16, byte: 0xa3, suggestion: "windows-1252" },
    });
  });

  it("suggests UTF-16 where the file begins like it", () => {
    const fault = decode(Buffer.from("\uFEFFa,b", "utf16le"), "utf-8");
    expect(fault).toMatchObject({ fault: { line: 1, offset: 0, suggestion: "utf-16le" } });
  });

  it("names the line in another encoding", () => {
    const fault = decode(bytes("a\nb", [0xff, 0xff]), "shift_jis");
    expect(fault).toMatchObject({ fault: { line: 2, offset: null, suggestion: "utf-8" } });
  });

  it("finds the first byte that is wrong, whatever surrounds it", () => {
    const wrong = fc.constantFrom([0xff], [0xc3, 0x28], [0xef, 0xbf, 0x41], [0xe2, 0x82], [0x80]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), wrong, (before, bad) => {
        const offset = Buffer.byteLength(before);
        const decoded = decode(bytes(before, bad, "\nafter"), "utf-8");
        expect(decoded).toMatchObject({ type: "fault", fault: { offset, byte: bad[0] } });
      }),
      { numRuns: 500 },
    );
  });
});

describe("a source", () => {
  it("is unpacked where it is gzip, whatever its name", () => {
    const packed = gzipSync("a,b");
    expect(textOf("x.csv", packed, "utf-8")).toEqual({ type: "text", text: "a,b" });
    expect(textOf("x.csv.gz", packed, "utf-8")).toEqual({ type: "text", text: "a,b" });
  });

  it.each([
    ["x.csv", Buffer.alloc(0), /^the file is empty$/],
    ["x.csv.gz", gzipSync(""), /^the file is empty$/],
    ["x.csv.gz", Buffer.from("a,b"), /named \.gz but is not gzip/],
    ["x.csv.gz", gzipSync("a,b\n1,2").subarray(0, 20), /breaks off/],
    ["x.csv.gz", Buffer.concat([gzipSync("a").subarray(0, 10), Buffer.from("####")]), /damaged/],
    [
      "x.csv",
      Buffer.from([0x61, 0x0a, 0xe9]),
      /^line 2, byte 2: 0xe9 is not utf-8; .*windows-1252"/,
    ],
  ])("tells what is wrong with %s", (name, file, fault) => {
    expect(textOf(name, file, "utf-8")).toEqual({
      type: "fault",
      fault: expect.stringMatching(fault),
    });
  });
});
