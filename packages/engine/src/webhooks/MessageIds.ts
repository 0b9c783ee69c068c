/** What messages are named by: receivers tell repeats by it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { LedgerMode } from "../Store.js";

/** Where a message of the feed comes from. */
export interface MessageOrigin {
  readonly organisation: string;
  readonly mode: LedgerMode;
  readonly api: string;
  /** Of the event in the ledger. */
  readonly sequence: number;
  /** Its place among the messages of that event, from 0. */
  readonly part: number;
}

const PREFIX = "msg_";
const BYTES = 16;

/** The same for the same origin, so that what is made again after a crash is no second message. */
export function messageId({ organisation, mode, api, sequence, part }: MessageOrigin): string {
  const origin = JSON.stringify([organisation, mode, api, sequence, part]);
  return PREFIX + bytesToHex(sha256(utf8ToBytes(origin)).subarray(0, BYTES));
}
