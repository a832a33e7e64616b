/** Returns an object with its known names in their order and the others after them by the alphabet: a database keeps no order. */
export function inOrder<Value>(
  values: Readonly<Record<string, Value>>,
  known: readonly string[],
): Readonly<Record<string, Value>> {
  const rank = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length);
  return Object.fromEntries(
    Object.entries(values).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)),
  );
}
