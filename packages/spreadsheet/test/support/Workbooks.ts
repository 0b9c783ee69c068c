/** Workbooks made by hand, by a writer of archives that has nothing to do with ours. */
import { constants, crc32, deflateRawSync } from "node:zlib";

export interface File {
  readonly name: string;
  readonly packed: Buffer;
  readonly unpacked: number;
  readonly crc: number;
  /** Where it is said to begin; where it does, if left out. */
  readonly offset?: number | undefined;
}

export function file(name: string, content: string | Buffer): File {
  const bytes = Buffer.from(content);
  return { name, packed: deflateRawSync(bytes), unpacked: bytes.length, crc: crc32(bytes) };
}

/** An archive with a directory that says what it is told to say. */
export function archive(files: readonly File[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, packed, unpacked, crc, offset = at } of files) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(unpacked, 18);
    common.writeUInt16LE(name.length, 22);
    common.copy(local, 4);
    parts.push(local, Buffer.from(name), packed);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    common.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, listed, end]));
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

/** The files of a workbook of one sheet, those given instead of their own. */
export function workbookFiles(
  sheetData: string,
  { parts = {}, properties = "", more = [] }: WorkbookOptions = {},
): readonly File[] {
  const all: Readonly<Record<string, string>> = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": `<Relationships ${PACKAGE}><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<x:workbook xmlns:x="urn:x" xmlns:r="${OFFICE}">${properties}<x:sheets><x:sheet name="Stock" sheetId="1" r:id="a"/></x:sheets></x:workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships ${PACKAGE}><Relationship Id="a" Type="${OFFICE}/worksheet" Target="worksheets/any.xml"/><Relationship Id="b" Type="${OFFICE}/styles" Target="/xl/styles.xml"/><Relationship Id="c" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet ${MAIN}><numFmts><numFmt numFmtId="170" formatCode="d.m.yy"/><numFmt numFmtId="171" formatCode="[h]:mm"/><numFmt numFmtId="172" formatCode="&quot;days&quot; 0;[Red]-0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst ${MAIN}><si><t>shared</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh><t>said</t></rPh></si><si><t/></si></sst>`,
    "xl/worksheets/any.xml": sheetXml(sheetData),
    ...parts,
  };
  return [...Object.entries(all).map(([name, content]) => file(name, content)), ...more];
}

export interface WorkbookOptions {
  readonly parts?: Readonly<Record<string, string>> | undefined;
  readonly properties?: string | undefined;
  readonly more?: readonly File[] | undefined;
}

export const workbook = (...given: Parameters<typeof workbookFiles>): Uint8Array =>
  archive(workbookFiles(...given));

export const sheetXml = (sheetData: string): string =>
  `<worksheet ${MAIN}><sheetData>${sheetData}</sheetData></worksheet>`;

const MEBIBYTE = 1_048_576;

/** A file of so many MiB of a text that is repeated, packed without ever being made. */
export function hugeFile(name: string, mebibytes: number, said?: number): File {
  const block = Buffer.alloc(MEBIBYTE, "<row/>");
  const packed = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH });
  const blocks = Array.from({ length: mebibytes }, () => packed);
  return {
    name,
    packed: Buffer.concat([...blocks, deflateRawSync("")]),
    unpacked: said ?? mebibytes * MEBIBYTE,
    crc: 0,
  };
}
