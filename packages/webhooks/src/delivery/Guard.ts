/**
 * Where connections may go. A name is resolved and connected to in one step, so that it cannot
 * lead elsewhere in between; an address in a URL is never resolved and is judged with the URL.
 */
import { lookup } from "node:dns/promises";
import { isIPv6, type LookupFunction } from "node:net";

/** All addresses a name leads to, v4 and v6. Rejects, or gives none, where it leads nowhere. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** An address the name leads to is not allowed. Does not say which, nor why. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** The name leads nowhere, or nobody could say where. */
export class NameUnresolved extends Error {
  override readonly name = "NameUnresolved";
}

/** As this machine resolves names for everybody on it. */
export const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
};

/**
 * Resolves names for the sockets of an agent, and refuses a name as a whole if any of its
 * addresses is not allowed: else it could lead to that one next time, or as the second choice.
 */
export function guardedLookup(
  resolve: Resolve,
  isAllowed: (address: string) => boolean,
): LookupFunction {
  return (hostname, { all }, callback) => {
    allowedAddresses(resolve, isAllowed, hostname).then(
      ([first, ...others]) => {
        if (all === true) callback(null, [first, ...others].map(withFamily));
        else callback(null, first, familyOf(first));
      },
      (refusal: Error) => callback(refusal, []),
    );
  };
}

async function allowedAddresses(
  resolve: Resolve,
  isAllowed: (address: string) => boolean,
  hostname: string,
): Promise<readonly [string, ...string[]]> {
  const [first, ...others] = await resolved(resolve, hostname);
  if (first === undefined) throw new NameUnresolved();
  if (![first, ...others].every(isAllowed)) throw new AddressRefused();
  return [first, ...others];
}

async function resolved(resolve: Resolve, hostname: string): Promise<readonly string[]> {
  try {
    return await resolve(hostname);
  } catch {
    throw new NameUnresolved();
  }
}

function withFamily(address: string): { readonly address: string; readonly family: number } {
  return { address, family: familyOf(address) };
}

function familyOf(address: string): number {
  return isIPv6(address) ? 6 : 4;
}
