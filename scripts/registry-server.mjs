// The process of the registry that registry.mjs starts; it lives no longer than its parent.
import { once } from "node:events";
import { join } from "node:path";
import { runServer } from "verdaccio";

process.on("disconnect", () => process.exit(0));
const [{ folder, upstream, proxies, own }] = await once(process, "message");

const config = {
  ...proxies,
  configPath: join(folder, "config.yaml"),
  storage: join(folder, "storage"),
  auth: { htpasswd: { file: join(folder, "htpasswd") } },
  web: { enable: false },
  log: { type: "stdout", format: "pretty", level: "error" },
  uplinks: { upstream: { url: upstream, timeout: "60s", max_fails: 20 } },
  packages: {
    // Without a proxy: what is published here is all there is, whatever the world holds by that name.
    ...Object.fromEntries(own.map((name) => [name, { access: "$all", publish: "$authenticated" }])),
    "**": { access: "$all", proxy: "upstream" },
  },
};

const server = await runServer(config);
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
