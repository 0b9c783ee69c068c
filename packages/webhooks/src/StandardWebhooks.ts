/** Standard Webhooks 1.0: `v1` is HMAC-SHA256, `v1a` is ed25519. */
import { type Bytes, concat, fromBase64, toBase64, utf8 } from "./Bytes.js";
import type { ReadHeader } from "./Headers.js";
import { importSigner, importVerifier, once, type Version, versionOf } from "./Keys.js";
import { missing, type Refused, refuse } from "./Refusal.js";
import type { Claim, Envelope, Message, SignatureScheme, Signer } from "./Scheme.js";
import {
  type ParsedSecret,
  parseSecrets,
  parseSigningSecrets,
  type SigningSecret,
} from "./Secrets.js";

/** What the headers of Standard Webhooks vouch for. */
export interface StandardEnvelope extends Envelope {
  readonly id: string;
  readonly timestamp: number;
}

/**
 * Signs with every secret, so that the old one is good while a new one is brought in. Verifies with
 * any of them, and reads the headers `svix-…` of older senders, too.
 */
export const standardWebhooks: SignatureScheme<StandardEnvelope> = {
  name: "standard-webhooks",
  signer,
  verifier,
};

function signer(secrets: readonly string[]): Signer {
  const parsed = parseSigningSecrets(secrets);
  const keys = once(() => Promise.all(parsed.map(importSigning)));
  return async (message) => {
    const { id, body } = message;
    const time = timeOf(message);
    if (!/^[\x21-\x2d\x2f-\x7e]+$/.test(id)) {
      throw new RangeError("an id is printable ASCII without a dot or a space");
    }
    const content = contentOf(id, time, body);
    const signatures = await Promise.all((await keys()).map((sign) => sign(content)));
    return {
      "webhook-id": id,
      "webhook-timestamp": time,
      "webhook-signature": signatures.join(" "),
    };
  };
}

async function importSigning(secret: SigningSecret): Promise<(content: Bytes) => Promise<string>> {
  const sign = await importSigner(secret);
  const version = versionOf(secret);
  return async (content) => `${version},${toBase64(await sign(content))}`;
}

/** @throws RangeError for what is not whole seconds of at most 12 digits. */
export function timeOf({ timestamp }: Message): string {
  if (Number.isInteger(timestamp) && timestamp >= 0 && timestamp < 1e12) return `${timestamp}`;
  throw new RangeError("a timestamp is in whole seconds since 1970");
}

function contentOf(id: string, time: string, body: string | Uint8Array): Bytes {
  const before = `${id}.${time}.`;
  return typeof body === "string" ? utf8(before + body) : concat([utf8(before), body]);
}

const SIGNATURE_BYTES: Readonly<Record<Version, number>> = { v1: 32, v1a: 64 };

interface Signature {
  readonly version: Version;
  readonly bytes: Bytes;
}

function verifier(secrets: readonly string[]) {
  const parsed = parseSecrets(secrets);
  const versions = new Set(parsed.map(versionOf));
  const keys = once(() => Promise.all(parsed.map(importVerifying)));
  return (header: ReadHeader): Claim<StandardEnvelope> | Refused => {
    const read = readHeaders(header);
    if (!read.ok) return read;
    const { id, time } = read;
    const signatures = signaturesOf(read.signature).filter(({ version }) => versions.has(version));
    if (signatures.length === 0) return nothingUsable(versions);
    return {
      ok: true,
      envelope: { id, timestamp: Number(time) },
      isOf: async (body) => {
        const content = contentOf(id, time, body);
        const verdicts = (await keys()).map((isSigned) => isSigned(content, signatures));
        return (await Promise.all(verdicts)).includes(true);
      },
    };
  };
}

async function importVerifying(secret: ParsedSecret) {
  const verify = await importVerifier(secret);
  const mine = versionOf(secret);
  return (content: Bytes, signatures: readonly Signature[]) => {
    const candidates = signatures.filter(({ version }) => version === mine);
    return verify(
      content,
      candidates.map(({ bytes }) => bytes),
    );
  };
}

interface Read {
  readonly ok: true;
  readonly id: string;
  /** As it stands there: it is what was signed. */
  readonly time: string;
  readonly signature: string;
}

function readHeaders(header: ReadHeader): Read | Refused {
  const prefix = prefixOf(header) ?? "webhook";
  const [id, time, signature] = ["id", "timestamp", "signature"].map((name) =>
    header(`${prefix}-${name}`),
  );
  if (id === undefined) return missing(`${prefix}-id`);
  if (time === undefined) return missing(`${prefix}-timestamp`);
  if (signature === undefined) return missing(`${prefix}-signature`);
  if (id.includes(".")) return refuse("bad-id", `${prefix}-id has a dot`);
  if (!/^\d{1,12}$/.test(time)) {
    return refuse("bad-timestamp", `${prefix}-timestamp is not in whole seconds since 1970`);
  }
  return { ok: true, id, time, signature };
}

/** How the headers begin, complete or not; `undefined` where there are none. */
export function prefixOf(header: ReadHeader): "webhook" | "svix" | undefined {
  return (["webhook", "svix"] as const).find((prefix) =>
    ["id", "timestamp", "signature"].some((name) => header(`${prefix}-${name}`) !== undefined),
  );
}

/** More than a rotation ever needs, and few enough to try each. */
const MAX_SIGNATURES = 64;

/** Those that are well-formed and of a known version. */
function signaturesOf(header: string): readonly Signature[] {
  // A proxy that joins two lines of a header puts a comma before the space.
  return header.split(/,? +/, MAX_SIGNATURES).flatMap((written) => signatureOf(written) ?? []);
}

function signatureOf(written: string): Signature | undefined {
  const [version, text, ...rest] = written.split(",");
  if (text === undefined || rest.length > 0) return undefined;
  if (version !== "v1" && version !== "v1a") return undefined;
  const bytes = fromBase64(text);
  return bytes?.length === SIGNATURE_BYTES[version] ? { version, bytes } : undefined;
}

function nothingUsable(versions: ReadonlySet<Version>): Refused {
  const known = [...versions].join(" or ");
  return refuse("no-usable-signature", `there is no well-formed signature of version ${known}`);
}
