/** The log of a server: a line for every answer, and what went wrong inside. */
import type { AccessLine } from "@stockbook/http/kit";
import type { LogForm } from "./LogForms.js";

export interface AccessLog {
  readonly onAnswer: (line: AccessLine) => void;
  readonly onDefect: (defect: unknown, requestId: string) => void;
  /** What goes on in the background has trouble. */
  readonly onWarning: (message: string) => void;
}

/** Where lines go; a part of what streams of Node are. */
export interface Lines {
  readonly write: (text: string) => unknown;
}

/** For people on a terminal, for machines elsewhere. */
export function logFormFor(stream: { readonly isTTY?: boolean }): LogForm {
  return stream.isTTY === true ? "text" : "json";
}

/**
 * A log in a form. `off` leaves out the answers alone: what went wrong inside is told always,
 * since nobody else says what it was.
 */
export function accessLog(form: LogForm, out: Lines, now: () => number = Date.now): AccessLog {
  const time = () => new Date(now()).toISOString();
  if (form === "json") {
    return {
      onAnswer: (line) => out.write(`${JSON.stringify({ time: time(), ...line })}\n`),
      onDefect: (defect, requestId) =>
        out.write(`${JSON.stringify({ time: time(), requestId, defect: textOf(defect) })}\n`),
      onWarning: (warning) => out.write(`${JSON.stringify({ time: time(), warning })}\n`),
    };
  }
  return {
    onAnswer:
      form === "off" ? () => undefined : (line) => out.write(`${time()} ${lineText(line)}\n`),
    onDefect: (defect, requestId) =>
      out.write(`${time()} fault in request ${requestId}: ${textOf(defect)}\n`),
    onWarning: (warning) => out.write(`${time()} ${warning}\n`),
  };
}

function lineText(line: AccessLine): string {
  const { method, route, status, durationMs, address, organisation, key, requestId } = line;
  const who = key === null ? "no key" : `${organisation} ${key}`;
  return `${status} ${method} ${route ?? "(no route)"} ${durationMs} ms, ${address ?? "?"}, ${who}, ${requestId}`;
}

function textOf(defect: unknown): string {
  return defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
}
