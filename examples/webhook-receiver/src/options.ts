/** What both receivers do with storq.io's events. */
import { type Envelope, type HandlerOptions, seenInMemory, storq } from "@stockbook/webhooks";

interface Stock {
  readonly sku: string;
  readonly quantity: number;
}

/** Keeps the quantities of events that are signed with the secret. */
export function stockKeeper(secret: string, stock: Map<string, number>): HandlerOptions<Envelope> {
  return {
    secrets: [secret],
    scheme: storq,
    seen: seenInMemory(),
    onEvent: ({ type, payload }) => {
      if (type !== "stock.updated") return;
      const { sku, quantity } = stockIn(payload);
      stock.set(sku, quantity);
      console.log(`${sku}: ${quantity}`);
    },
    onError: (error) => console.error(error),
    onRefused: ({ reason }) => console.log(`refused: ${reason}`),
  };
}

function stockIn(payload: unknown): Stock {
  // The sender is storq.io, whose guide promises this form.
  const { data } = payload as { readonly data: { readonly object: Stock } };
  return data.object;
}
