import { randomBytes } from "node:crypto";
import { Stream } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defineColumns,
  type Limits,
  readTable,
  readXlsx,
  TableReadError,
  writeCsv,
  writeXlsx,
} from "../src/index.js";
import { all, bytesOf, outcome, runs, sliced, utf8 } from "./support/Run.js";
import {
  archive,
  file,
  hugeFile,
  sheetXml,
  type WorkbookOptions,
  workbook,
  workbookFiles,
} from "./support/Workbooks.js";

const columns = defineColumns([
  { name: "sku", type: "text" },
  { name: "onHand", type: "number" },
  { name: "day", type: "date" },
]);

const rows = Stream.fromIterable([
  { sku: 'a "quoted", text\r\nof two lines', onHand: -1.5, day: "2026-11-27" },
  { sku: "\u{1f600}", onHand: null, day: "1999-12-31" },
]);

const faultOf = async (bytes: Uint8Array, limits: Partial<Limits> = {}) => {
  const result = await outcome(readXlsx(bytes, { limits }));
  return result instanceof TableReadError ? `${result.fault}: ${result.message}` : result.length;
};

/** The same in a file of these parts as in one that is sound, or an error that says why not. */
async function sameOrRefused(bytes: Uint8Array, sound: readonly unknown[]): Promise<string> {
  const result = await outcome(readTable(columns, bytes, { format: "xlsx" }));
  if (result instanceof TableReadError) return "refused";
  expect(result).toEqual(sound);
  return "same";
}

describe("a damaged file", () => {
  it("is refused if a workbook is cut off anywhere", async () => {
    const whole = await bytesOf(writeXlsx(columns, rows));
    for (let length = 0; length < whole.length; length++) {
      expect(await sameOrRefused(whole.subarray(0, length), [])).toBe("refused");
    }
  });

  it("is refused or read as it was, if any byte of a workbook is another", async () => {
    const whole = await bytesOf(writeXlsx(columns, rows));
    const sound = await all(readTable(columns, whole));
    const outcomes = new Map<string, number>();
    // Each bit of a byte is the wrong one somewhere; all bytes would take long.
    for (let at = 0; at < whole.length; at += 3) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      const result = await sameOrRefused(damaged, sound);
      outcomes.set(result, (outcomes.get(result) ?? 0) + 1);
    }
    expect(outcomes.get("refused")).toBeGreaterThan(whole.length / 6);
  });

  it("gives its first rows or is refused, if CSV is cut off anywhere", async () => {
    const whole = await bytesOf(writeCsv(columns, rows));
    const sound = await all(readTable(columns, whole));
    let refused = 0;
    for (let length = 0; length < whole.length; length++) {
      const result = await outcome(readTable(columns, whole.subarray(0, length)));
      if (result instanceof TableReadError) refused++;
      else if (result.length > 1) expect(result[0]).toEqual(sound[0]);
    }
    expect(refused).toBeGreaterThan(20);
  });

  it("of any bytes is read or refused, never more", async () => {
    const magic = fc.constantFrom("", "PK\u0003\u0004", "a,b\n", '"', "PK\u0005\u0006");
    const property = fc.asyncProperty(
      magic,
      fc.uint8Array({ maxLength: 200 }),
      async (start, rest) => {
        const bytes = new Uint8Array([...utf8(start), ...rest]);
        await outcome(readTable(columns, sliced(bytes, 7)));
      },
    );
    await fc.assert(property, runs);
  });
});

const cell = (xml: string) => `<row r="1">${xml}</row>`;
const sheetOf = (xml: string): WorkbookOptions => ({ parts: { "xl/worksheets/any.xml": xml } });

describe("a bomb", () => {
  const bombs: ReadonlyArray<readonly [name: string, bytes: () => Uint8Array, fault: string]> = [
    [
      "of 4 GiB that says so",
      () => workbook("", { more: [hugeFile("xl/media/a", 4_095)] }),
      "too-large: more than 536870912 bytes when unpacked",
    ],
    [
      "that is packed a thousand times",
      () => workbook("", { more: [hugeFile("xl/media/a", 400)] }),
      "unsafe: xl/media/a is packed too well",
    ],
    [
      "that says it is small",
      () =>
        archive([
          ...workbookFiles("").filter(({ name }) => name !== "xl/worksheets/any.xml"),
          hugeFile("xl/worksheets/any.xml", 2_000, 1_000),
        ]),
      'broken: sheet "Stock": too many bytes in the stream',
    ],
    [
      "of files that lie one over the other",
      () => overlapping(workbook("")),
      "unsafe: files of the archive lie one over the other",
    ],
    [
      "of very many files",
      () => workbook("", { more: Array.from({ length: 1_000 }, (_, at) => file(`f${at}`, "")) }),
      "too-large: more than 1000 files in the archive",
    ],
    [
      "of two files with one name",
      () => workbook("", { more: [file("xl/worksheets/any.xml", sheetXml(""))] }),
      "unsafe: two files of the archive have the same name",
    ],
    [
      "of entities",
      () =>
        workbook(
          "",
          sheetOf(`<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${sheetXml("&b;")}`),
        ),
      'unsafe: sheet "Stock": XML with a document type',
    ],
    [
      "that reads a file of the machine",
      () =>
        workbook(
          "",
          sheetOf(`<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>${sheetXml("")}`),
        ),
      'unsafe: sheet "Stock": XML with a document type',
    ],
    [
      "of elements in elements",
      () => workbook("<a>".repeat(100)),
      'unsafe: sheet "Stock": XML is nested too deep',
    ],
    [
      "of one tag without end",
      () => workbook(`<a b="${randomText(5_000_000)}`),
      'unsafe: sheet "Stock": XML without end',
    ],
    [
      "of shared texts",
      () =>
        workbook("", {
          parts: { "xl/sharedStrings.xml": `<sst>${noisy("<si/>", 2_100_000)}</sst>` },
        }),
      "too-large: more than 2000000 shared texts",
    ],
    [
      "of columns",
      () => workbook(cell('<c r="XFD1"><v>1</v></c>')),
      'too-large: sheet "Stock", row 1: more than 1024 columns',
    ],
    [
      "of digits",
      () => workbook(cell(`<c r="B1"><v>${"1".repeat(300_000)}</v></c>`)),
      'too-large: sheet "Stock", row 1, column B: a text of more than 32767 characters',
    ],
    [
      "of a long text",
      () => workbook(cell(`<c r="B1" t="inlineStr"><is><t>${"x".repeat(33_000)}</t></is></c>`)),
      'too-large: sheet "Stock", row 1, column B: a text of more than 32767 characters',
    ],
  ];

  it.each(bombs)("%s is refused early", async (_, make, fault) => {
    const bytes = make();
    const before = process.memoryUsage().rss;
    const start = performance.now();
    expect(await faultOf(bytes)).toContain(fault);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect((process.memoryUsage().rss - before) / 1_048_576).toBeLessThan(128);
  });

  it("of rows is refused at the first too many", async () => {
    const bytes = workbook(
      Array.from({ length: 5 }, (_, at) => `<row r="${at + 1}"><c><v>1</v></c></row>`).join(""),
    );
    expect(await faultOf(bytes, { rows: 4 })).toBe('too-large: sheet "Stock": more than 4 rows');
    expect(await faultOf(bytes, { rows: 5 })).toBe(5);
  });

  it("of bytes is not read to its end", async () => {
    let given = 0;
    const endless = Stream.repeatValue(new Uint8Array(65_536)).pipe(
      Stream.map((bytes) => {
        given++;
        return bytes;
      }),
    );
    const result = await outcome(
      readTable(columns, endless, { format: "xlsx", limits: { bytes: 1_000_000 } }),
    );
    expect(result).toMatchObject({ fault: "too-large", detail: "more than 1000000 bytes" });
    expect(given).toBeLessThan(100);
  });
});

/** Every file of the directory is said to take a third of the archive. */
function overlapping(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes);
  const next = (after: number) => buffer.indexOf("PK\u0001\u0002", after);
  for (let at = next(0); at !== -1; at = next(at + 1)) {
    buffer.writeUInt32LE(Math.floor(bytes.length / 3), at + 20);
  }
  return new Uint8Array(buffer);
}

/** A text that cannot be packed well, so that this alone does not refuse it. */
const randomText = (length: number): string => randomBytes(length / 2).toString("hex");

const noisy = (text: string, times: number): string =>
  Array.from({ length: times / 100 }, () => text.repeat(100) + randomText(16)).join("");

describe("a workbook that means harm", () => {
  const LINK =
    '<Relationship Id="a" Type="x/worksheet" Target="http://127.0.0.1:1/x" TargetMode="External"/>';

  it("with a sheet of another file is refused", async () => {
    const parts = { "xl/_rels/workbook.xml.rels": `<Relationships>${LINK}</Relationships>` };
    expect(await faultOf(workbook("", { parts }))).toBe(
      'unsafe: sheet "Stock": it stands in another file',
    );
  });

  it("never leaves its archive", async () => {
    const rels = LINK.replace(/Target=.*/, 'Target="../../../../../../etc/passwd"/>');
    const parts = { "xl/_rels/workbook.xml.rels": `<Relationships>${rels}</Relationships>` };
    expect(await faultOf(workbook("", { parts }))).toBe(
      'broken: sheet "Stock": the workbook has no etc/passwd',
    );
  });

  it("is read past its macros and links", async () => {
    const more = [
      file("xl/vbaProject.bin", "Sub"),
      file("xl/externalLinks/externalLink1.xml", "<!DOCTYPE x>"),
    ];
    expect(await faultOf(workbook(cell("<c><v>1</v></c>"), { more }))).toBe(1);
  });
});
