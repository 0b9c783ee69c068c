/** Money: integer minor units of one currency, exact. */

/** An amount in minor units (cents, pence) of the item's currency. A safe integer. */
export type Amount = number;

/** An ISO 4217 code, such as `EUR`. */
export type Currency = string;

export function isCurrency(text: unknown): text is Currency {
  return typeof text === "string" && /^[A-Z]{3}$/.test(text);
}

/** An amount that may enter the ledger: a safe integer, not negative. */
export function isAmount(value: unknown): value is Amount {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * `factor × multiplicand ÷ divisor`, rounded half up, exact for any safe integers.
 *
 * @param divisor above 0; the other two are not negative.
 */
export function multiplyDivideHalfUp(
  factor: number,
  multiplicand: number,
  divisor: number,
): number {
  const product = factor * multiplicand;
  if (!Number.isSafeInteger(product)) return multiplyDivideLarge(factor, multiplicand, divisor);
  // Exact: no double lies between the quotient of two safe integers and the whole number above,
  // so the division never rounds up to it. `%` would be many times slower.
  const quotient = Math.floor(product / divisor);
  const remainder = product - quotient * divisor;
  return remainder * 2 >= divisor ? quotient + 1 : quotient;
}

function multiplyDivideLarge(factor: number, multiplicand: number, divisor: number): number {
  const by = BigInt(divisor);
  return Number((2n * BigInt(factor) * BigInt(multiplicand) + by) / (2n * by));
}

/** What `quantity` ledger steps cost at `unitCost` a unit, rounded half up to a minor unit. */
export function costOf(quantity: number, unitCost: Amount, precision: number): Amount {
  return precision === 0
    ? quantity * unitCost
    : multiplyDivideHalfUp(quantity, unitCost, 10 ** precision);
}
