/** The engine of this process: one, however many routes use it. */
import { memory } from "@stockbook/engine";
import { webHandler } from "@stockbook/http";

export const api = await webHandler({ store: memory(), prefix: "/api/stockbook" });
