/** Parts of the library of components */
export const PARTS = ['modules', 'inverters', 'turbines', 'horizons'] as const;
export type Part = (typeof PARTS)[number];
