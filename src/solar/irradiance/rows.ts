/**
 * Rows that shade each other: the share of a row in its neighbour's shadow, and the parts of sky and ground that rows
 * hide.
 */
const RAD = Math.PI / 180;

/**
 * Returns the share of a row's slant height that its neighbour shades [1], 0 to 1. It holds for fixed rows and
 * trackers, also on sloped ground.
 * @param projectedZenithDeg sun's zenith projected on the plane across the axis [deg], right-handed about the axis
 * @param rotationDeg of the rows about the axis, same sense [deg]; a fixed row facing azimuth z has its axis at z - 90
 * and its tilt here
 * @param gcr row width / pitch [1]
 * @param crossAxisTiltDeg slope of the ground across the rows [deg]
 * @see Anderson and Jensen 2024, Shaded fraction and backtracking in single-axis trackers on rolling terrain,
 * doi:10.1063/5.0202220
 */
export function shadedFraction(
  projectedZenithDeg: number,
  rotationDeg: number,
  gcr: number,
  crossAxisTiltDeg: number,
): number {
  const facing = Math.abs(Math.cos((rotationDeg - projectedZenithDeg) * RAD));
  const spacing =
    Math.cos((projectedZenithDeg - crossAxisTiltDeg) * RAD) / (gcr * facing * Math.cos(crossAxisTiltDeg * RAD));
  return Math.min(Math.max(1 - spacing, 0), 1);
}

/**
 * Returns the isotropic sky irradiance of a row among others divided by that of a single row, averaged over its height [1].
 * @param cosTilt cosine of the tilt
 * @see Mikofski et al. 2019, doi:10.1109/PVSC40753.2019.8980572, integrated over the row
 */
export function rowSkyFactor(cosTilt: number, gcr: number): number {
  const pitch = 1 / gcr;
  const seen = 1 + pitch - Math.sqrt(pitch * pitch - 2 * pitch * cosTilt + 1);
  return cosTilt > -1 + 1e-12 ? Math.min(seen / (1 + cosTilt), 1) : 0;
}

const SAM_STEPS = 250;

/**
 * Returns `rowSkyFactor` as SAM computes it. For steep rows close together, whose lower parts see less than a quarter of the
 * sky, SAM takes the absolute value of a cosine that is negative there, and therefore finds more sky. Elsewhere both
 * are equal.
 * @see SSC's lib_pvshade, sssky_diffuse_table
 */
export function rowSkyFactorSam(cosTilt: number, gcr: number): number {
  const sinTilt = Math.sqrt(Math.max(0, 1 - cosTilt * cosTilt));
  // The row in front appears highest from the lower edge; if it appears lower than this, no cosine is negative.
  if (sinTilt === 0 || gcr <= cosTilt) return rowSkyFactor(cosTilt, gcr);
  const tilt = Math.atan2(sinTilt, cosTilt);
  let seen = 0;
  for (let n = 0; n < SAM_STEPS; n++) {
    const slope = cosTilt / sinTilt - 1 / (gcr * sinTilt * (1 - n / SAM_STEPS));
    seen += 1 + Math.abs(Math.cos(tilt - Math.PI / 2 + Math.atan(slope)));
  }
  return Math.min(seen / SAM_STEPS / (1 + cosTilt), 1);
}

/**
 * Returns the ground-reflected irradiance of an array of rows divided by that of a single row, averaged over its rows [1]. The
 * first row sees open ground. The others see the strip between rows, and the beam reaches only its sunlit part.
 * @param tiltDeg [deg]
 * @param zenithDeg of the sun [deg]
 * @param rowCount number of rows, at least 1
 * @see Deline, Dobos, Janzou, Meydbray and Donovan 2013, doi:10.1016/j.solener.2013.07.008, as in NREL's SSC
 * (lib_pvshade)
 */
export function rowGroundFactor(
  tiltDeg: number,
  zenithDeg: number,
  gcr: number,
  rowCount: number,
  beamHorizontalWm2: number,
  dhiWm2: number,
): number {
  const horizontal = beamHorizontalWm2 + dhiWm2;
  const open = Math.sin((tiltDeg * RAD) / 2) ** 2;
  if (!(open > 0) || !(horizontal > 0)) return 1;
  const pitch = 1 / gcr;
  const elevation = (90 - zenithDeg) * RAD;
  const cosTilt = Math.cos(tiltDeg * RAD);
  // The strip's view from the row by crossed strings; `reach` is the strip's width in row widths.
  const view = (reach: number): number => 0.5 * (1 + reach - Math.sqrt(reach * reach + 2 * reach * cosTilt + 1));
  const sunlit = Math.max(1e-5, pitch - Math.sin(Math.PI - elevation - tiltDeg * RAD) / Math.sin(elevation));
  const inner = (rowCount - 1) / rowCount;
  const beam = open / rowCount + inner * view(sunlit);
  const diffuse = open / rowCount + inner * view(pitch);
  return Math.min((beam * beamHorizontalWm2 + diffuse * dhiWm2) / (open * horizontal), 1);
}

/** Returns the number of blocks along the slant height that a shadow touches. */
const touchedBlocks = (shaded: number, blocks: number): number => Math.ceil(shaded * blocks - 1e-9);

/**
 * Returns the share of the beam's power that a partly shaded row gives [1], if a shadow switches off each block that it touches.
 * @param shaded share of the row in shadow [1]
 * @param blocks blocks of cells across the slant height, at least 1
 */
export const blockBeamFactor = (shaded: number, blocks: number): number => 1 - touchedBlocks(shaded, blocks) / blocks;

/**
 * Returns the share of the beam's power that a partly shaded row gives [1], by a formula that was fitted to measured arrays.
 * @param shaded share of the row in shadow [1]
 * @param blocks blocks of cells across the slant height, each with its diode
 * @see Martínez-Moreno, Muñoz and Lorenzo 2010, doi:10.1016/j.solmat.2010.07.029, equation 6
 */
export const martinezBeamFactor = (shaded: number, blocks: number): number =>
  (1 - shaded) * (1 - touchedBlocks(shaded, blocks) / (1 + blocks));

/**
 * Returns the share of a row's length that the row before it shades. The shadow is shifted along the row by the
 * distance that the light travels along it between the two parallel planes. This is exact for rows with a level axis.
 * @param sunlit,k direction to the sun
 * @param plane unit normal of the rows
 * @param cosIncidence of the sun on them, above 0
 * @param lengthPerPitch length of a row / pitch [1]
 * @param asSam as in SAM 7.1.1, whose shadows end only if the sun is clockwise of the rows' azimuth
 * @returns 0 to 1
 */
export function shadedLength(
  sunlit: { readonly east: Float64Array; readonly north: Float64Array },
  k: number,
  plane: { readonly normalEast: number; readonly normalNorth: number },
  cosIncidence: number,
  lengthPerPitch: number,
  asSam: boolean,
): number {
  const shift = (sunlit.east[k] * plane.normalNorth - sunlit.north[k] * plane.normalEast) / cosIncidence;
  return Math.max(0, 1 - (asSam ? Math.max(shift, 0) : Math.abs(shift)) / lengthPerPitch);
}
