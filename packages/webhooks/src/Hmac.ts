/** Schemes of one header with an HMAC in it, as most services have them. */
import { type Bytes, concat, fromBase64, fromHex, toBase64, toHex, utf8 } from "./Bytes.js";
import type { ReadHeader } from "./Headers.js";
import { type HashName, importHmac, importHmacVerifier, once } from "./Keys.js";
import { missing, type Refused, refuse } from "./Refusal.js";
import type { Claim, Envelope, Message, ReadClaim, SignatureScheme, Signer } from "./Scheme.js";
import { InvalidSecret } from "./Secrets.js";
import { timeOf } from "./StandardWebhooks.js";

export interface HmacOptions {
  readonly name: string;
  /** The header with the signature; or several that all have it, of which one must be there. */
  readonly header: string | readonly [string, ...string[]];
  /** `sha256`, if left out. */
  readonly algorithm?: "sha256" | "sha1" | "sha512" | undefined;
  /** `hex`, in lower case, if left out. */
  readonly encoding?: "hex" | "base64" | undefined;
  /** What stands before the signature, such as `sha256=`. Nothing, if left out. */
  readonly prefix?: string | undefined;
  /** Where the scheme signs the time, too. Otherwise it signs the body alone, at any age. */
  readonly timestamp?: TimestampFormat | undefined;
}

export interface TimestampFormat {
  /** The header with the seconds since 1970. */
  readonly header: string;
  /** What is signed before the body, with `{timestamp}` in it: `v0:{timestamp}:`. */
  readonly before: string;
}

const HASHES = { sha256: "SHA-256", sha1: "SHA-1", sha512: "SHA-512" } as const;
const ENCODINGS = {
  hex: { encode: toHex, decode: fromHex },
  base64: { encode: toBase64, decode: fromBase64 },
} as const;

/** The options with what was left out, looked up. */
interface Format {
  readonly headers: readonly [string, ...string[]];
  readonly hash: HashName;
  readonly prefix: string;
  readonly encode: (bytes: Uint8Array) => string;
  readonly decode: (text: string) => Bytes | undefined;
  readonly timestamp: TimestampFormat | undefined;
}

/**
 * Keyed with the whole secret as it is written. It signs with the first secret, for the header has
 * room for one signature, and verifies with any of them.
 */
export function hmacScheme(options: HmacOptions): SignatureScheme {
  const format = formatOf(options);
  return {
    name: options.name,
    signer: (secrets) => signer(format, secrets),
    verifier: (secrets) => verifier(format, secrets),
  };
}

function formatOf(options: HmacOptions): Format {
  const { header, algorithm = "sha256", encoding = "hex", prefix = "", timestamp } = options;
  return {
    headers: typeof header === "string" ? [header] : header,
    hash: HASHES[algorithm],
    prefix,
    ...ENCODINGS[encoding],
    timestamp,
  };
}

function signer(format: Format, secrets: readonly string[]): Signer {
  const [first] = checked(secrets);
  const key = once(() => importHmac(utf8(first), format.hash));
  return async (message) => {
    const sign = await key();
    const content = contentOf(format.timestamp, timeOf(message), bytesOf(message));
    const signature = format.prefix + format.encode(await sign(content));
    const signatures = format.headers.map((header): [string, string] => [header, signature]);
    return { ...Object.fromEntries(signatures), ...timeHeader(format, message) };
  };
}

const bytesOf = ({ body }: Message): Uint8Array => (typeof body === "string" ? utf8(body) : body);

function timeHeader({ timestamp }: Format, message: Message): Readonly<Record<string, string>> {
  return timestamp === undefined ? {} : { [timestamp.header]: timeOf(message) };
}

function contentOf(format: TimestampFormat | undefined, time: string, body: Uint8Array): Bytes {
  if (format === undefined) return concat([body]);
  return concat([utf8(format.before.replace("{timestamp}", time)), body]);
}

function verifier(format: Format, secrets: readonly string[]): ReadClaim<Envelope> {
  const all = checked(secrets);
  const keys = once(() =>
    Promise.all(all.map((secret) => importHmacVerifier(utf8(secret), format.hash))),
  );
  return (header: ReadHeader): Claim<Envelope> | Refused => {
    const [written, ...copies] = format.headers.flatMap((name) => header(name) ?? []);
    if (written === undefined) return missing(format.headers.join(" or "));
    if (copies.some((copy) => copy !== written)) return differing(format);
    const time = readTime(format.timestamp, header);
    if (!time.ok) return time;
    const signature = decoded(format, written);
    if (signature === undefined) return malformed(format);
    return {
      ok: true,
      envelope: { id: undefined, timestamp: time.seconds },
      isOf: async (body) => {
        const content = contentOf(format.timestamp, time.text, body);
        const verdicts = (await keys()).map((verify) => verify(content, [signature]));
        return (await Promise.all(verdicts)).includes(true);
      },
    };
  };
}

interface ReadTime {
  readonly ok: true;
  /** As it stands there: it is what was signed. */
  readonly text: string;
  readonly seconds: number | undefined;
}

function readTime(format: TimestampFormat | undefined, header: ReadHeader): ReadTime | Refused {
  if (format === undefined) return { ok: true, text: "", seconds: undefined };
  const text = header(format.header);
  if (text === undefined) return missing(format.header);
  if (/^\d{1,12}$/.test(text)) return { ok: true, text, seconds: Number(text) };
  return refuse("bad-timestamp", `${format.header} is not in whole seconds since 1970`);
}

function decoded({ prefix, decode }: Format, written: string): Bytes | undefined {
  return written.startsWith(prefix) ? decode(written.slice(prefix.length)) : undefined;
}

const differing = ({ headers }: Format): Refused =>
  refuse("no-usable-signature", `${headers.join(" and ")} are not the same`);

function malformed({ headers, prefix }: Format): Refused {
  const after = prefix === "" ? "" : ` after ${prefix}`;
  return refuse("no-usable-signature", `${headers[0]} has no well-formed signature${after}`);
}

/** @throws InvalidSecret */
function checked(secrets: readonly string[]): readonly [string, ...string[]] {
  if (!Array.isArray(secrets)) throw new InvalidSecret("secrets must be an array of strings");
  const [first, ...others] = secrets;
  if (first === undefined) throw new InvalidSecret("there must be at least one secret");
  if (secrets.every((secret) => typeof secret === "string" && secret !== "")) {
    return [first, ...others];
  }
  throw new InvalidSecret("a secret is not a string, or empty");
}
