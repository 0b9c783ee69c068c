/** The script of the reference, as it was put into the package when that was built. */

type Bytes = Uint8Array<ArrayBuffer>;

export interface Script {
  readonly gzipped: Bytes;
  /** For those who do not take it gzipped. */
  readonly plain: () => Promise<Bytes>;
}

/** From the sources and from what is built of them alike. */
const FILE = new URL("../../dist/docs/scalar.js.gz", import.meta.url);

/** Reads it; rejects where the package was bundled and the file left behind. */
export async function readScalar(): Promise<Script> {
  // Where there are no files, the API works all the same.
  const { readFile } = await import("node:fs/promises");
  const gzipped = new Uint8Array(await readFile(FILE));
  return { gzipped, plain: () => unzipped(gzipped) };
}

async function unzipped(bytes: Bytes): Promise<Bytes> {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
