/** What a file is, by its first bytes. */

export type TableFormat = "csv" | "xlsx";

/** How many bytes are enough to tell. */
export const DETECT_BYTES = 4_096;

type Magic = readonly number[];

/** The first file of an archive, or the end of an empty one: "PK" alone may head a column. */
const ARCHIVES: readonly Magic[] = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
];
/** Files that are neither, though they may have no NUL in front: old Office, PDF, gzip, RTF. */
const OTHERS: readonly Magic[] = [
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x25, 0x50, 0x44, 0x46],
  [0x1f, 0x8b],
  [0x7b, 0x5c, 0x72, 0x74, 0x66],
];

/**
 * What a file is by its content, never by its name; `unknown` for what is certainly not a table.
 * Any archive passes for a workbook and any text for CSV: reading tells the rest.
 */
export function detect(bytes: Uint8Array): TableFormat | "unknown" {
  if (ARCHIVES.some((magic) => startsWith(bytes, magic))) return "xlsx";
  if (OTHERS.some((magic) => startsWith(bytes, magic))) return "unknown";
  if (isUtf16(bytes)) return "csv";
  return bytes.subarray(0, DETECT_BYTES).includes(0) ? "unknown" : "csv";
}

export function isUtf16(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
}

function startsWith(bytes: Uint8Array, magic: Magic): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}
