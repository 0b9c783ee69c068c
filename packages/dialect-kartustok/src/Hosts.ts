/** Hosts: which company a request is for. Pure; whether there is such a company is asked later. */

export interface HostOptions {
  /** Companies are at `<company>.<baseDomain>`. `kartustok.com`, if left out. */
  readonly baseDomain?: string | undefined;
  /** The company of a bare `localhost` or address. `default`, if left out. */
  readonly defaultCompany?: string | undefined;
  /** Whether a bare `localhost` or address is no company's; it is one's, if left out. */
  readonly strictHost?: boolean | undefined;
}

/** The name of the company that a host, as it stands in the header, is for; if it is one's. */
export type CompanyOf = (host: string | undefined) => string | undefined;

/** Where the product itself is administered; never a company. */
const MEMBER = "member";
const LOOPBACK = "localhost";

/**
 * Reads hosts by the options.
 *
 * @throws RangeError where the base domain is no name of a domain.
 */
export function makeCompanyOf(options: HostOptions = {}): CompanyOf {
  const { baseDomain = "kartustok.com", defaultCompany = "default", strictHost } = options;
  const base = baseDomain.toLowerCase();
  if (!isDomain(base)) {
    throw new RangeError(`baseDomain must be a domain such as example.com, not ${baseDomain}`);
  }
  return (header) => {
    const host = nameOf(header ?? "");
    if (host === LOOPBACK || isAddress(host)) return strictHost ? undefined : defaultCompany;
    return labelBefore(host, base) ?? labelBefore(host, LOOPBACK);
  };
}

/** The one label of a company before a domain. */
function labelBefore(host: string, domain: string): string | undefined {
  if (!host.endsWith(`.${domain}`)) return undefined;
  const label = host.slice(0, -domain.length - 1);
  return isLabel(label) && label !== MEMBER ? label : undefined;
}

/** A host without its port and without the dot of the root; names are the same in either case. */
function nameOf(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
}

function isDomain(text: string): boolean {
  return text.split(".").every(isLabel);
}

function isLabel(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

function isAddress(host: string): boolean {
  return /^\[[0-9a-f:.]+\]$/.test(host) || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}
