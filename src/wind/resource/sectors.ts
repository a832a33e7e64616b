/** Sectors of the wind rose. */

/**
 * Returns the sector in which a direction lies, of `sectors` equal ones; sector 0 is centred on north.
 * @param directionDeg any finite direction [deg], below 0 and above 360 too; the lower border belongs to the sector
 */
export function sectorOf(directionDeg: number, sectors = 12): number {
  // Directions from 0 to 360 stay as they are: adding and removing 360 would round those just below a border onto it.
  const from0To360 = directionDeg - 360 * Math.floor(directionDeg / 360);
  return Math.floor((from0To360 * sectors) / 360 + 0.5) % sectors;
}
