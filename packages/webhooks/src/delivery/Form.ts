/** A body as a form: nested fields as `data[lines][0][item]`. */

/** The fields of a JSON body, URL-encoded; `null` is an empty field, a bare value is `value`. */
export function formOf(body: unknown): string {
  const fields = new URLSearchParams();
  append(fields, "", body);
  return fields.toString();
}

function append(fields: URLSearchParams, name: string, value: unknown): void {
  if (value === null) return fields.append(name || "value", "");
  if (typeof value !== "object") return fields.append(name || "value", String(value));
  for (const [key, inner] of Object.entries(value)) {
    append(fields, name === "" ? key : `${name}[${key}]`, inner);
  }
}
