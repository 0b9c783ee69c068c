/** The program `stockbook`. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime";
import { Cause, Exit } from "effect";
import { run } from "./Cli.js";

// Whoever reads the output may stop reading it, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

/** 130 is what shells expect of a program that was interrupted, unless it has said otherwise. */
function statusOf(exit: Exit.Exit<unknown, unknown>): number {
  if (Exit.isSuccess(exit)) return 0;
  return Cause.isInterruptedOnly(exit.cause) ? Number(process.exitCode ?? 130) : 1;
}

NodeRuntime.runMain(run(process.argv), {
  disableErrorReporting: true,
  teardown: (exit, onExit) => onExit(statusOf(exit)),
});
