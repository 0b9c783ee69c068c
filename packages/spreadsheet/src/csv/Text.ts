/** From the bytes of a text file to its text. */
import { Effect, Stream } from "effect";
import { isUtf16 } from "../Detect.js";
import { readError, type TableReadError } from "../Errors.js";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** UTF-8, unless a byte order mark says otherwise. */
export function encodingOf(head: Uint8Array): Encoding {
  if (!isUtf16(head)) return "utf-8";
  return head[0] === 0xff ? "utf-16le" : "utf-16be";
}

/** The text, without a byte order mark; fails where the bytes are not of that encoding. */
export const decoded = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
  encoding: Encoding,
): Stream.Stream<string, E | TableReadError, R> =>
  Stream.suspend(() => {
    const decoder = new TextDecoder(encoding, { fatal: true });
    const decode = (slice: Uint8Array, options: { readonly stream: boolean }) =>
      Effect.try({
        try: () => decoder.decode(slice, options),
        catch: () => readError("broken", `the text is not ${encoding.toUpperCase()}`),
      });
    const last = Stream.fromEffect(Effect.suspend(() => decode(NOTHING, { stream: false })));
    return bytes.pipe(
      Stream.mapEffect((slice) => decode(slice, { stream: true })),
      Stream.concat(last),
    );
  });

const NOTHING = new Uint8Array();
