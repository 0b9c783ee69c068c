/** Reading XML piece by piece: no document type, no entities of one's own, nothing bottomless. */
import { Effect, Stream } from "effect";
import { SaxesParser } from "saxes";
import { attemptRead } from "../Attempt.js";
import { placedIn, readError, type TableReadError } from "../Errors.js";

export type Attributes = Readonly<Record<string, string | undefined>>;

/** What listens to a document. Names come without their prefix; it may throw a `TableReadError`. */
export interface Listener {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

/** No workbook nests deeper. */
const MAX_DEPTH = 64;
/** A tag or a text of more is not of a workbook; it would all be held in memory. */
const MAX_PIECE = 4_194_304;

/** Reads a document, and after each piece hands out what there is to take. */
export const parsed = <A>(
  bytes: Stream.Stream<Uint8Array, TableReadError>,
  listener: Listener,
  take: () => A,
): Stream.Stream<A, TableReadError> =>
  Stream.suspend(() => {
    const parser = makeParser(listener);
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const step = (slice: Uint8Array) =>
      attemptRead(() => {
        parser.write(decoder.decode(slice, { stream: true }));
        return take();
      });
    const end = attemptRead(() => {
      parser.write(decoder.decode());
      parser.end();
      return take();
    });
    return bytes.pipe(Stream.mapEffect(step), Stream.concat(Stream.fromEffect(end)));
  });

/** Reads a document to its end. */
export const parsedWhole = <A>(
  path: string,
  bytes: Stream.Stream<Uint8Array, TableReadError>,
  listener: Listener,
  result: () => A,
): Effect.Effect<A, TableReadError> =>
  Stream.runDrain(parsed(bytes, listener, () => undefined)).pipe(
    Effect.map(result),
    Effect.mapError((error) =>
      error.fault === "broken" && !error.detail.includes(path)
        ? placedIn(readError("broken", `${path}: ${error.detail}`), error.place)
        : error,
    ),
  );

function makeParser({ open, text, close }: Listener) {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  let depth = 0;
  let sinceLast = 0;
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", refuseDoctype);
  parser.on("opentag", ({ name, attributes }) => {
    sinceLast = 0;
    if (++depth > MAX_DEPTH) throw readError("unsafe", "XML is nested too deep");
    open(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    sinceLast = 0;
    depth--;
    close(local(name));
  });
  parser.on("text", text);
  parser.on("cdata", text);
  return {
    write: (piece: string) => {
      sinceLast += piece.length;
      if (sinceLast > MAX_PIECE) throw readError("unsafe", "XML without end");
      parser.write(piece);
    },
    end: () => parser.close(),
  };
}

function refuseDoctype(): never {
  throw readError("unsafe", "XML with a document type");
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);
