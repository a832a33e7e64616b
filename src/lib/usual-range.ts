/** The range in which a value usually lies, and the one beyond which it is hardly possible. */
export interface UsualRange {
  readonly usual: readonly [number, number];
  readonly possible: readonly [number, number];
  /** Where the limits come from, as the page of the warning says it */
  readonly source: string;
}

/** A value that is outside its usual range. */
export interface UnusualValue {
  readonly name: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Whether it is also outside the possible range */
  readonly isImplausible: boolean;
}

const isOutside = (value: number, [lower, upper]: readonly [number, number]): boolean => value < lower || value > upper;

/** Returns the values that are outside their usual range; undefined values are not looked at. */
export const unusualValues = <Name extends string>(
  ranges: Readonly<Record<Name, UsualRange>>,
  values: Readonly<Partial<Record<Name, number | null>>>,
): UnusualValue[] =>
  (Object.entries(values) as [Name, number | null | undefined][]).flatMap(([name, value]) => {
    const { usual, possible } = ranges[name];
    if (value === undefined || value === null || !isOutside(value, usual)) return [];
    return [{ name, value, lower: usual[0], upper: usual[1], isImplausible: isOutside(value, possible) }];
  });
