/** Failures: what ends a command, in the one line that its user reads. */
import { Data } from "effect";

/** A command cannot go on; the message says where, and what would be right. */
export class Failure extends Data.TaggedError("Failure")<{ readonly message: string }> {}
