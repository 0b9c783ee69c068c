// In one process: alone, each of them would take longer to load the server than to try it.
import "./server/AllowedIps.js";
import "./server/Bodies.js";
import "./server/Etags.js";
import "./server/Faults.js";
import "./server/Idempotency.js";
import "./server/Isolation.js";
import "./server/Keys.js";
import "./server/Log.js";
import "./server/Native.js";
import "./server/Pages.js";
import "./server/Paths.js";
import "./server/RateLimits.js";
import "./server/Scopes.js";
import "./server/Statuses.js";
import "./server/Traps.js";
import "./server/WebHandler.js";
