/** Cutting answers off: what breaks half-way must not look like the whole. */
import type { HttpServerRequest } from "@effect/platform";
import { Cause, Effect, Stream } from "effect";

/**
 * A body that ends its connection where it breaks. Left alone, the server would end the answer as
 * if all were there.
 */
export function cutOff<E>(
  bytes: Stream.Stream<Uint8Array, E>,
  request: HttpServerRequest.HttpServerRequest,
): Stream.Stream<Uint8Array, E> {
  return Stream.tapErrorCause(bytes, (cause) =>
    Cause.isInterruptedOnly(cause) ? Effect.void : Effect.sync(() => destroy(request)),
  );
}

function destroy({ source }: HttpServerRequest.HttpServerRequest): void {
  // A request of Node has it; one of a web server has none, and there the body itself fails.
  const { socket } = source as { readonly socket?: { readonly destroy?: () => void } };
  socket?.destroy?.();
}
