/** The floor under single commands: how often the disk makes something durable. */
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const PAGE = Buffer.alloc(4096, 1);

/** A file that grows by one page with every sync. */
export class DiskSyncs implements Disposable {
  private readonly file: number;

  constructor(directory: string) {
    this.file = openSync(join(directory, "syncs"), "a");
  }

  append(): void {
    writeSync(this.file, PAGE);
    fdatasyncSync(this.file);
  }

  [Symbol.dispose](): void {
    closeSync(this.file);
  }
}
