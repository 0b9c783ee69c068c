/** The sales file: from its bytes on disk to the text in it. */
import { gunzipSync } from "node:zlib";
import { decode, type EncodingFault } from "./Encoding.js";

export type SourceText =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "fault"; readonly fault: string };

/** The text of a file, unpacked where it is gzip. */
export function textOf(name: string, bytes: Uint8Array, encoding: string): SourceText {
  if (bytes.length === 0) return { type: "fault", fault: "the file is empty" };
  const unpacked = unpack(name, bytes);
  if (typeof unpacked === "string") return { type: "fault", fault: unpacked };
  if (unpacked.length === 0) return { type: "fault", fault: "the file is empty" };
  const decoded = decode(unpacked, encoding);
  if (decoded.type === "text") return decoded;
  return { type: "fault", fault: encodingFault(decoded.fault, encoding) };
}

/** The bytes inside, or what is wrong with them. Told by their first bytes, not by the name. */
function unpack(name: string, bytes: Uint8Array): Uint8Array | string {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!packed) return name.endsWith(".gz") ? "the file is named .gz but is not gzip" : bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "Z_BUF_ERROR") return "the gzip data breaks off; fetch the file again";
    return "the gzip data is damaged; fetch the file again";
  }
}

function encodingFault({ line, offset, byte, suggestion }: EncodingFault, encoding: string) {
  const at = offset === null ? `line ${line}` : `line ${line}, byte ${offset}`;
  const what = byte === null ? "the text" : `0x${byte.toString(16).padStart(2, "0")}`;
  return (
    `${at}: ${what} is not ${encoding}; ` +
    `name the file's encoding in the mapping, for example "encoding": "${suggestion}"`
  );
}
