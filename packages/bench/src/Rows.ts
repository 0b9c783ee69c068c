/** The rows of the benchmark, in the order of the table. */
import type { Row } from "./Row.js";
import { asOf } from "./rows/AsOf.js";
import { core } from "./rows/Core.js";
import { engine } from "./rows/Engine.js";
import { growth } from "./rows/Growth.js";
import { hot } from "./rows/Hot.js";
import { httpBulk, httpSingle } from "./rows/Http.js";
import { nodes } from "./rows/Nodes.js";
import { reports } from "./rows/Reports.js";
import { sqliteBatch } from "./rows/SqliteBatch.js";
import { sqliteConcurrent } from "./rows/SqliteConcurrent.js";
import { sqliteSingle } from "./rows/SqliteSingle.js";
import { webhooks } from "./rows/Webhooks.js";

export const ROWS: readonly Row[] = [
  core,
  engine,
  sqliteBatch,
  sqliteSingle,
  sqliteConcurrent,
  hot,
  growth,
  asOf,
  nodes,
  reports,
  httpSingle,
  httpBulk,
  webhooks,
];
