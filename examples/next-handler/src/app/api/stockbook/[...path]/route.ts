/** Everything under `/api/stockbook`. */
import { api } from "../../../../stockbook.js";

// Next gives a second argument, which is none of Stockbook's.
const handle = (request: Request) => api.handle(request);

export const { GET, POST, PUT, PATCH, DELETE } = {
  GET: handle,
  POST: handle,
  PUT: handle,
  PATCH: handle,
  DELETE: handle,
};
