/** Losses of a farm's yield. */
import { guard } from '../check.ts';

/** Returns the share that remains after losses that apply one after the other: the product of (1 - loss). */
export function netFactor(losses: Readonly<Record<string, number>>): number {
  let factor = 1;
  for (const [name, value] of Object.entries(losses)) {
    guard.requireFinite(`losses.${name}`, value);
    factor *= 1 - value;
  }
  return factor;
}
