// A registry of npm on the loopback interface, for one run: nothing of it stays.
import { execFileSync, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { root, temporaryFolder } from "./consumer.mjs";

/** Where npm gets packages on this machine, and by what way. */
function machine() {
  const listed = execFileSync("npm", ["config", "list", "--json"], { cwd: root, encoding: "utf8" });
  const { registry, cafile, proxy, "https-proxy": httpsProxy, noproxy } = JSON.parse(listed);
  const proxies = {
    ...(proxy && { http_proxy: proxy }),
    ...(httpsProxy && { https_proxy: httpsProxy }),
    ...(noproxy?.length > 0 && { no_proxy: String(noproxy) }),
  };
  return { upstream: registry, proxies, certificates: cafile && { NODE_EXTRA_CA_CERTS: cafile } };
}

// Whoever waits for a command in between hears too late that an idle connection was closed.
const ONCE = { connection: "close" };

/** A token of a user who exists in this registry alone. */
async function register(url) {
  const body = JSON.stringify({ name: "release", password: randomUUID() });
  const answer = await fetch(`${url}-/user/org.couchdb.user:release`, {
    method: "PUT",
    headers: { ...ONCE, "content-type": "application/json" },
    body,
  });
  if (!answer.ok) throw new Error(`the registry gives no token: ${await answer.text()}`);
  return (await answer.json()).token;
}

/** Starts a registry that keeps the packages named `own` to itself and proxies all others. */
export async function startRegistry(own) {
  const folder = temporaryFolder("registry");
  const { certificates, ...way } = machine();
  const env = { ...certificates, ...process.env };
  const child = fork(fileURLToPath(new URL("registry-server.mjs", import.meta.url)), { env });
  child.send({ folder, own, ...way });

  const stop = async () => {
    if (child.kill()) await once(child, "exit");
  };

  try {
    const [first] = await Promise.race([once(child, "message"), once(child, "exit")]);
    if (typeof first?.port !== "number") throw new Error("the registry does not start");
    const url = `http://127.0.0.1:${first.port}/`;
    const token = await register(url);
    /** What the registry tells of a package; nothing, if it was never published. */
    const packument = async (name) => {
      const answer = await fetch(url + name.replace("/", "%2f"), { headers: ONCE });
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new Error(`the registry answers ${answer.status} for ${name}`);
      return answer.json();
    };
    return { url, token, packument, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
