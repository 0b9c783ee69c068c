/** The page of the interactive reference: Scalar, served from here, and nothing from elsewhere. */

/** Of the `@scalar/api-reference` that is in the package. */
export const SCALAR_VERSION = "1.46.4";

/** Where things are, below where the API is mounted. */
export const PATHS = {
  document: "/openapi.json",
  page: "/docs",
  scalar: `/docs/scalar-${SCALAR_VERSION}.js`,
  start: "/docs/start.js",
} as const;

/** Scripts, requests and pictures of the own origin alone; Scalar writes styles into the page. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Addresses are relative, so that the page works wherever it is mounted. */
export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <link rel="icon" href="data:,">
    <title>Stockbook API</title>
  </head>
  <body>
    <noscript>
      This page needs JavaScript. The API is described in <a href="openapi.json">openapi.json</a>.
    </noscript>
    <div id="reference"></div>
    <script src=".${PATHS.scalar}"></script>
    <script src=".${PATHS.start}"></script>
  </body>
</html>
`;

/** What would reach beyond the own origin is off: fonts, telemetry, proxy, agent, their client. */
export const START = `"use strict";
Scalar.createApiReference("#reference", {
  url: new URL("openapi.json", location.href).href,
  servers: [{ url: new URL(".", location.href).href.replace(/\\/$/, "") }],
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: "",
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
  documentDownloadType: "none",
  authentication: { preferredSecurityScheme: "key" },
  persistAuth: false,
  operationTitleSource: "summary",
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
  customCss: "a[href^='https://www.scalar.com'] { display: none }",
});
`;
