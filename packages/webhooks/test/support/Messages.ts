/** A message, its secrets, and the clock at which it was sent. */
import fc from "fast-check";

/** The vectors that are published for Standard Webhooks: v1 with its libraries, v1a by Svix. */
export const VECTOR = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1614265330,
  body: '{"test": 2432232314}',
  sharedSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  secretKey:
    "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
  publicKey: "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
  v1: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  v1a: "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
} as const;

export const message = {
  id: VECTOR.id,
  timestamp: VECTOR.timestamp,
  body: VECTOR.body,
} as const;

/** The clock at which the message is sent. */
export const now = () => VECTOR.timestamp * 1_000;

/** `whsec_` with one byte, as often as needed. */
export const secretOf = (byte: number, length = 24) =>
  `whsec_${Buffer.alloc(length, byte).toString("base64")}`;

export const numRuns = (runs: number) => ({
  numRuns: runs,
  seed: Number(process.env.STOCKBOOK_SEED),
});

/** Text of any Unicode, as JSON or as it is. */
export const bodies = fc.oneof(
  fc.json(),
  fc.string({ unit: "binary" }),
  fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
);

export const ids = fc.stringMatching(/^[\w-]{1,40}$/);

export const timestamps = fc.integer({ min: 0, max: 4_000_000_000 });

export const secrets = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((bytes) => `whsec_${Buffer.from(bytes).toString("base64")}`);
