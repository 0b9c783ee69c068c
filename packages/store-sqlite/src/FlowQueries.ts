/** Flows as conditions on lines: told from the numbers of their two locations. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Fragment } from "@effect/sql/Statement";
import { type Flow, flowOf, VIRTUAL_LOCATIONS } from "@stockbook/core";

/** Stands for every location that is no virtual one. */
const REAL = VIRTUAL_LOCATIONS.length + 1;
const BASE = REAL + 1;

/** Two locations, the real ones all alike, as one number. */
export function routeOf(sql: SqlClient, line: Fragment): Fragment {
  const end = (column: Fragment) => sql`min(${line}.${column}, ${sql.literal(String(REAL))})`;
  return sql`(${end(sql`from_location`)} * ${sql.literal(String(BASE))}
      + ${end(sql`to_location`)})`;
}

/** Whether a line is of one of these flows. */
export function isOfFlow(sql: SqlClient, line: Fragment, flows: readonly Flow[]): Fragment {
  const routes = [...FLOW_OF_ROUTE].flatMap(([route, flow]) =>
    flows.includes(flow) ? [route] : [],
  );
  return sql`(${line}.from_location <> ${line}.to_location
      AND ${routeOf(sql, line)} IN (${sql.literal(routes.join(", "))}))`;
}

/** The flow of a route between two places. */
export const FLOW_OF_ROUTE: ReadonlyMap<number, Flow> = new Map(routes());

function* routes(): Iterable<readonly [route: number, flow: Flow]> {
  for (let from = 1; from <= REAL; from++) {
    for (let to = 1; to <= REAL; to++) {
      // Of two real places, two that are not the same.
      const flow = flowOf(idOf(from, "from"), idOf(to, "to"));
      if (flow !== null) yield [from * BASE + to, flow];
    }
  }
}

function idOf(no: number, real: string): string {
  return VIRTUAL_LOCATIONS[no - 1] ?? real;
}
