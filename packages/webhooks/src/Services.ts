/** The schemes of services by name. */
import type { ReadHeader } from "./Headers.js";
import { hmacScheme } from "./Hmac.js";
import type { Refused } from "./Refusal.js";
import type { Claim, Envelope, ReadClaim, SignatureScheme, Signer } from "./Scheme.js";
import { prefixOf, standardWebhooks } from "./StandardWebhooks.js";

/** StackNex: the hex HMAC-SHA256 of the body in `X-Webhook-Signature`, at any age. */
export const stackNex: SignatureScheme = hmacScheme({
  name: "stacknex",
  header: "X-Webhook-Signature",
});

const storqHeader = hmacScheme({
  name: "storq",
  header: ["storq.io-signature", "Storq-Signature"],
});

/**
 * storq.io: the hex HMAC-SHA256 of the body, keyed with the whole secret, `whsec_` included; and
 * the headers of Standard Webhooks beside it, which must be right if they are there. They are what
 * tells the age: to insist on it, verify with `standardWebhooks` and the same secret instead.
 */
export const storq: SignatureScheme = { name: "storq", signer, verifier };

function signer(secrets: readonly string[]): Signer {
  const own = storqHeader.signer(secrets);
  const standard = standardWebhooks.signer(secrets);
  return async (message) => {
    const [ours, theirs] = await Promise.all([own(message), standard(message)]);
    return { ...ours, ...theirs };
  };
}

function verifier(secrets: readonly string[]): ReadClaim<Envelope> {
  const own = storqHeader.verifier(secrets);
  const standard = standardWebhooks.verifier(secrets);
  return (header: ReadHeader) => {
    const ours = own(header);
    if (!ours.ok || prefixOf(header) === undefined) return ours;
    return both(ours, standard(header));
  };
}

function both(ours: Claim<Envelope>, theirs: Claim<Envelope> | Refused): Claim<Envelope> | Refused {
  if (!theirs.ok) return theirs;
  return {
    ...theirs,
    isOf: async (body) => {
      const verdicts = await Promise.all([ours.isOf(body), theirs.isOf(body)]);
      return !verdicts.includes(false);
    },
  };
}
