// In one process: alone, each of them would take longer to load the server than to try it.
import "./kit/Answers.js";
import "./kit/Document.js";
import "./kit/Order.js";
import "./kit/Requests.js";
