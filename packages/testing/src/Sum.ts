/** The sum of whole numbers, exact whenever it can be written as a number, in any order. */
export function exactSum(parts: Iterable<number>): number {
  const all = [...parts];
  let total = 0;
  for (const part of all) {
    total += part;
    if (!Number.isSafeInteger(total))
      return Number(all.reduce((sum, one) => sum + BigInt(one), 0n));
  }
  return total;
}
