/** Reading an archive that may mean harm. */
import { crc32 } from "node:zlib";
import { Effect, Stream } from "effect";
import yauzl from "yauzl";
import { asReadError, attemptRead, attemptReadPromise } from "../Attempt.js";
import { readError, type TableReadError } from "../Errors.js";
import { type Limits, RATIO_FLOOR_BYTES } from "../Limits.js";

export interface Archive {
  /** The unpacked bytes of a file, by its path; fails where there is none. */
  readonly part: (path: string) => Stream.Stream<Uint8Array, TableReadError>;
  readonly has: (path: string) => boolean;
}

/**
 * Opens an archive and judges it by its directory, before anything is unpacked: too many files,
 * too many bytes, packed too well, or lying one over the other. No file gives more bytes than the
 * directory says, and each is checked against its checksum.
 */
export const openArchive = (
  bytes: Uint8Array,
  limits: Limits,
): Effect.Effect<Archive, TableReadError> =>
  Effect.gen(function* () {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const zip = yield* attemptReadPromise(() => yauzl.fromBufferPromise(buffer, OPTIONS));
    yield* attemptRead(() => checkCount(zip.entryCount, limits));
    const entries = yield* attemptReadPromise(() => entriesOf(zip));
    yield* attemptRead(() => checkSizes(entries, bytes.length, limits));
    const byPath = new Map(entries.map((entry) => [entry.fileName, entry]));
    return {
      has: (path: string) => byPath.has(path),
      part: (path: string) => {
        const entry = byPath.get(path);
        return entry === undefined
          ? Stream.fail(readError("broken", `the workbook has no ${path}`))
          : unpacked(zip, entry);
      },
    };
  });

const OPTIONS: yauzl.Options = { lazyEntries: true, validateEntrySizes: true };

async function entriesOf(zip: yauzl.ZipFile): Promise<readonly yauzl.Entry[]> {
  const entries: yauzl.Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  return entries;
}

function checkCount(count: number, { parts }: Limits): void {
  if (count > parts) throw readError("too-large", `more than ${parts} files in the archive`);
}

function checkSizes(entries: readonly yauzl.Entry[], length: number, limits: Limits): void {
  if (new Set(entries.map(({ fileName }) => fileName)).size < entries.length) {
    throw readError("unsafe", "two files of the archive have the same name");
  }
  if (sum(entries.map(({ compressedSize }) => compressedSize)) > length) {
    throw readError("unsafe", "files of the archive lie one over the other");
  }
  if (sum(entries.map(({ uncompressedSize }) => uncompressedSize)) > limits.unpackedBytes) {
    throw readError("too-large", `more than ${limits.unpackedBytes} bytes when unpacked`);
  }
  const bomb = entries.find((entry) => isBomb(entry, limits));
  if (bomb !== undefined) throw readError("unsafe", `${bomb.fileName} is packed too well`);
}

function isBomb({ compressedSize, uncompressedSize }: yauzl.Entry, { ratio }: Limits): boolean {
  return uncompressedSize > RATIO_FLOOR_BYTES && uncompressedSize > ratio * compressedSize;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

const unpacked = (
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
): Stream.Stream<Uint8Array, TableReadError> =>
  Stream.unwrap(
    Effect.gen(function* () {
      if (entry.isEncrypted()) return yield* readError("unsupported", "the archive is encrypted");
      const readable = yield* attemptReadPromise(() => zip.openReadStreamPromise(entry));
      let crc = 0;
      const counted = Stream.fromAsyncIterable<Uint8Array, TableReadError>(
        readable,
        asReadError,
      ).pipe(
        Stream.map((bytes) => {
          crc = crc32(bytes, crc);
          return bytes;
        }),
      );
      const checked = Effect.suspend(() =>
        crc === entry.crc32
          ? Effect.void
          : readError("broken", `${entry.fileName} does not fit its checksum`),
      );
      return counted.pipe(Stream.concat(Stream.execute(checked)));
    }),
  );
