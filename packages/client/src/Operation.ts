/** An operation of the API, as the table that is generated from the contract has it. */
export interface Operation {
  readonly group: string;
  readonly name: string;
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** With places such as `{id}`. */
  readonly path: string;
  /** What a call gives it after the places of the path; nothing, if left out. */
  readonly takes?: "body" | "query";
  /** The server does once what is asked under one `Idempotency-Key`. */
  readonly once: boolean;
  /** Sending the same request again does no more than sending it once. */
  readonly repeatable: boolean;
  /** How the next page is asked for; not a paged list, if left out. */
  readonly pages?: "cursor" | "after";
}
