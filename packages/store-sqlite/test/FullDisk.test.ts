import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { withFile } from "./support/Files.js";

const FILL = fileURLToPath(new URL("./processes/fill.mjs", import.meta.url));
// A mount that nobody else sees, and that ends with the process.
const MOUNT_AND_FILL = 'mount -t tmpfs -o size=2m stockbook "$1" && exec "$2" "$3" "$1"';

interface Filled {
  readonly opening: unknown;
  readonly writing: unknown;
  readonly acknowledged: number;
  readonly head: number;
  readonly available: number;
  readonly sound: boolean;
}

it("a full disk takes nothing of a command and goes on when there is room again", (context) =>
  withFile((file) => {
    if (spawnSync("unshare", ["-Urm", "true"]).status !== 0) {
      const reason = "this system does not let a process mount a small disk of its own";
      console.log(`skipped: ${reason}`);
      return context.skip(reason);
    }
    const script = ["sh", "-c", MOUNT_AND_FILL, "sh", dirname(file), process.execPath, FILL];
    const { stdout, stderr } = spawnSync("unshare", ["-Urm", ...script], { encoding: "utf8" });
    expect(stderr).toBe("");
    const { opening, writing, acknowledged, ...after } = JSON.parse(stdout) as Filled;
    const full = { _tag: "StoreFault", reason: "full" };
    expect([opening, writing]).toMatchObject([full, full]);
    // Opening the ledger, the location and the item; then what was acknowledged, and one more.
    expect(after).toEqual({
      head: 3 + acknowledged + 1,
      available: acknowledged + 1,
      sound: true,
    });
  }));
