/** Certificates for receivers on this machine, made when they are needed. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** As Node's servers take them, in PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = Buffer.from("300a06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");
const ALTERNATIVE_NAME = Buffer.from("0603551d11", "hex");

/** A certificate of a host for itself, signed by itself; its days from now may be past. */
export function selfSigned(host: string, days = 1): Certified {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(host)))));
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(-3 * DAY_MS), time(days * DAY_MS)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(sequence(ALTERNATIVE_NAME, der(0x04, sequence(alternative(host)))))),
  );
  const cert = sequence(signed, ECDSA_WITH_SHA256, der(0x03, Buffer.of(0), signature(signed)));
  return { key: pemOf(privateKey), cert: pem("CERTIFICATE", cert) };

  function signature(bytes: Buffer): Buffer {
    return sign("sha256", bytes, privateKey);
  }
}

function alternative(host: string): Buffer {
  const bytes = host.split(".").map(Number);
  return bytes.some(Number.isNaN) ? der(0x82, Buffer.from(host)) : der(0x87, Buffer.from(bytes));
}

function time(fromNowMs: number): Buffer {
  const digits = new Date(Date.now() + fromNowMs).toISOString().replace(/[-:T]|\.\d+/g, "");
  return der(0x18, Buffer.from(digits));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
