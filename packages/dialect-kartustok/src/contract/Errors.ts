/** The texts of refusals and faults, each with its status. */

interface ErrorText {
  readonly status: number;
  readonly message: string;
}

/** What can go wrong, by a name for documents. */
export const ERRORS = {
  "malformed-request": { status: 400, message: "Malformed request" },
  "missing-token": { status: 401, message: "Missing bearer token" },
  "invalid-token": { status: 401, message: "Invalid token" },
  "inactive-token": { status: 401, message: "Inactive token" },
  "expired-token": { status: 401, message: "Expired token" },
  "revoked-token": { status: 401, message: "Revoked token" },
  "missing-scope": { status: 403, message: "Missing required scope" },
  "address-refused": { status: 403, message: "Client IP is outside Allowed IPs" },
  "wrong-host": { status: 404, message: "Invalid URL" },
  "invalid-id": { status: 404, message: "Invalid public ID" },
  "not-found": { status: 404, message: "Resource not found" },
  "unknown-route": { status: 404, message: "Route not found" },
  "method-not-allowed": { status: 405, message: "Method not allowed" },
  "not-acceptable": { status: 406, message: "Answers are application/json" },
  "invalid-parameters": { status: 422, message: "Invalid parameters" },
  "too-many-requests": { status: 429, message: "Too Many Requests" },
  fault: { status: 500, message: "Server error" },
  unavailable: { status: 503, message: "Service unavailable" },
} as const satisfies Readonly<Record<string, ErrorText>>;

export type ErrorName = keyof typeof ERRORS;

/** The text where a scope is missing: it names the scope. */
export function missingScope(scope: string): string {
  return `${ERRORS["missing-scope"].message}: ${scope}`;
}
