import { SqlError } from "@effect/sql/SqlError";
import { Busy, StoreFault } from "@stockbook/engine";
import { describe, expect, it } from "vitest";
import { commitFaultOf, DamagedRow, faultOf } from "../src/SqliteErrors.js";

const driverError = (code: string) => Object.assign(new Error("said SQLite"), { code });
const fault = (reason: string) => ({ _tag: "StoreFault", reason });

describe("errors of the driver", () => {
  it.each([
    ["SQLITE_BUSY", { _tag: "Busy" }],
    ["SQLITE_BUSY_RECOVERY", { _tag: "Busy" }],
    ["SQLITE_BUSY_SNAPSHOT", { _tag: "Busy" }],
    ["SQLITE_LOCKED", { _tag: "Busy" }],
    ["SQLITE_PROTOCOL", { _tag: "Busy" }],
    ["SQLITE_CORRUPT", fault("damaged")],
    ["SQLITE_CORRUPT_INDEX", fault("damaged")],
    ["SQLITE_NOTADB", fault("damaged")],
    ["SQLITE_CONSTRAINT_UNIQUE", fault("damaged")],
    ["SQLITE_FULL", fault("full")],
    ["SQLITE_READONLY", fault("read-only")],
    ["SQLITE_READONLY_DIRECTORY", fault("read-only")],
    ["SQLITE_PERM", fault("read-only")],
    ["SQLITE_IOERR_WRITE", fault("unavailable")],
    ["SQLITE_CANTOPEN", fault("unavailable")],
    ["SQLITE_ERROR", fault("unavailable")],
  ])("%s", (code, expected) => {
    expect(faultOf(driverError(code), "/data/stock.db")).toMatchObject(expected);
  });

  it("are found inside the errors of the client", () => {
    const cause = driverError("SQLITE_FULL");
    const found = faultOf(new SqlError({ cause, message: "failed" }), "/data/stock.db");
    expect(found).toMatchObject({ reason: "full", cause });
  });

  it("name the file, what to do, and what SQLite said", () => {
    const { message } = faultOf(driverError("SQLITE_FULL"), "/data/stock.db");
    expect(message).toBe(
      "stock.db cannot grow: the disk is full; free some space and try again (said SQLite)",
    );
  });

  it("that are errors of the port already stay what they are", () => {
    const missing = new StoreFault({ reason: "missing", message: "gone" });
    const busy = new Busy({ message: "later" });
    expect(faultOf(missing, "stock.db")).toBe(missing);
    expect(faultOf(busy, "stock.db")).toBe(busy);
  });

  it("tell of a row that cannot be", () => {
    expect(faultOf(new DamagedRow("there is no bucket 9"), "stock.db")).toMatchObject({
      reason: "damaged",
      message: "stock.db: there is no bucket 9",
    });
  });

  it("of any other kind make the store unavailable", () => {
    expect(faultOf("a text", "stock.db")).toMatchObject(fault("unavailable"));
    expect(faultOf(undefined, "stock.db")).toMatchObject(fault("unavailable"));
  });
});

describe("errors of a commit", () => {
  it.each([
    ["SQLITE_BUSY", "Busy"],
    ["SQLITE_FULL", "StoreFault"],
    ["SQLITE_IOERR_WRITE", "StoreFault"],
    ["SQLITE_READONLY", "StoreFault"],
    ["SQLITE_IOERR_FSYNC", "OutcomeUnknown"],
    ["SQLITE_IOERR", "OutcomeUnknown"],
    ["SQLITE_CORRUPT", "OutcomeUnknown"],
    ["SQLITE_ERROR", "OutcomeUnknown"],
  ])("%s is %s", (code, tag) => {
    expect(commitFaultOf(driverError(code), "stock.db")._tag).toBe(tag);
  });
});
