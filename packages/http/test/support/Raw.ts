/** Requests that no client would send, written onto the socket by hand. */
import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends lines as they are, and reads until the server closes or the answer is whole. */
export function sendRaw(url: string, text: string | Uint8Array): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = "";
    const finish = () => {
      socket.destroy();
      resolve(parsed(received));
    };
    socket.on("connect", () => socket.write(text));
    socket.on("data", (chunk) => {
      received += chunk.toString("utf8");
      if (isWhole(received)) finish();
    });
    socket.on("end", finish);
    socket.on("error", (error) => (received === "" ? reject(error) : finish()));
  });
}

function isWhole(received: string): boolean {
  const end = received.indexOf("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(received)?.[1];
  return end !== -1 && length !== undefined && received.length - end - 4 >= Number(length);
}

function parsed(received: string): RawAnswer {
  const end = received.indexOf("\r\n\r\n");
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(received)?.[1] ?? 0);
  return { status, head: received.slice(0, end), body: received.slice(end + 4) };
}
