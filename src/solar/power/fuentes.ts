/**
 * Fuentes' thermal model: the heat balance of a module with a thermal mass, so that each temperature depends on the
 * previous ones.
 * @see Fuentes 1987, A Simplified Thermal Model for Flat-Plate Photovoltaic Arrays, SAND85-0330; Dobos 2014,
 * NREL/TP-6A20-62641
 */
import { AppError } from '../../contracts/common/app-error.ts';

const KELVIN = 273.15;
const STEFAN_BOLTZMANN = 5.669e-8;
/** Heat capacity of a module on a rack [J/m2/K]. */
const HEAT_CAPACITY = 11_000;
const ITERATIONS = 10;

export interface FuentesOptions {
  /** Nominal operating cell temperature as installed [degC]: 45 on a rack, 49 close to a roof (PVWatts) */
  readonly installedNoctC: number;
  /** Centre of the module above ground [m]; default 5 */
  readonly moduleHeightM?: number;
  /** Height of the wind measurement [m]; default 9.144 */
  readonly windHeightM?: number;
  /** [1]; default 0.84 */
  readonly emissivity?: number;
  /** Share of irradiance that heats [1]; default 0.83 */
  readonly absorption?: number;
  /** From horizontal [deg]; default 30, as in Fuentes' code */
  readonly tiltDeg?: number;
  /** Hydraulic diameter of the module [m]; default 0.5, of 0.31579 m x 1.2 m */
  readonly hydraulicDiameterM?: number;
}

/** Returns the convection of one side [W/m2/K]: free, laminar or turbulent. */
function convection(
  meanK: number,
  windMPerS: number,
  differenceK: number,
  lengthM: number,
  sinTilt: number,
  turbulence: boolean,
): number {
  const density = (0.003484 * 101_325) / meanK;
  const viscosity = (0.24237e-6 * meanK ** 0.76) / density;
  const conductivity = 2.1695e-4 * meanK ** 0.84;
  const reynolds = (windMPerS * lengthM) / viscosity;
  const forced =
    turbulence && reynolds > 1.2e5
      ? ((0.0282 / reynolds ** 0.2) * density * windMPerS * 1007) / 0.71 ** 0.4
      : ((0.86 / reynolds ** 0.5) * density * windMPerS * 1007) / 0.71 ** 0.67;
  const grashof = (((9.8 / meanK) * differenceK * lengthM ** 3) / viscosity ** 2) * sinTilt;
  const free = (0.21 * (grashof * 0.71) ** 0.32 * conductivity) / lengthM;
  return Math.cbrt(free ** 3 + forced ** 3);
}

/**
 * Returns the cell temperatures of a series in order at a constant step.
 * @param poaWm2 plane-of-array irradiance [W/m2], >= 0, length n
 * @param tempAirC [degC], length n
 * @param windSpeedMPerS [m/s], >= 0, length n
 * @param stepHours [h], above 0
 * @returns [degC], length n; the module starts at 20 degC and radiates to the sky at night
 * @throws AppError `solar.invalid_input` for a step that is not positive or an installed NOCT outside 30 to 80 degC
 */
export function fuentesCellTemperature(
  poaWm2: ArrayLike<number>,
  tempAirC: ArrayLike<number>,
  windSpeedMPerS: ArrayLike<number>,
  stepHours: number,
  options: FuentesOptions,
): Float64Array {
  const { installedNoctC, moduleHeightM = 5, windHeightM = 9.144, emissivity = 0.84, absorption = 0.83 } = options;
  if (!(stepHours > 0)) throw new AppError('solar.invalid_input', `step_h is ${stepHours}; expected above 0`);
  if (!(installedNoctC >= 30 && installedNoctC <= 80))
    throw new AppError('solar.invalid_input', `installed_noct_c is ${installedNoctC}; expected 30 to 80`);
  const lengthM = options.hydraulicDiameterM ?? (2 * 0.31579 * 1.2) / (0.31579 + 1.2);
  const sinTilt = Math.sin(((options.tiltDeg ?? 30) * Math.PI) / 180);
  const radiation = emissivity * STEFAN_BOLTZMANN;
  const noctK = installedNoctC + KELVIN;

  // At NOCT (800 W/m2, 20 degC, 1 m/s) the balance gives the ground's temperature and the rear's share of convection.
  const noctRise = noctK - 293.15;
  const noctConvection = convection((noctK + 293.15) / 2, 1, noctRise, lengthM, sinTilt, false);
  const noctGround = radiation * (noctK ** 2 + 293.15 ** 2) * (noctK + 293.15);
  const backRatio =
    (absorption * 800 - radiation * (noctK ** 4 - 282.21 ** 4) - noctConvection * noctRise) /
    ((noctGround + noctConvection) * noctRise);
  const groundK = Math.min(Math.max((noctK ** 4 - backRatio * (noctK ** 4 - 293.15 ** 4)) ** 0.25, 293.15), noctK);
  const groundRatio = (groundK - 293.15) / noctRise;
  const convectionRatio =
    (absorption * 800 - radiation * (2 * noctK ** 4 - 282.21 ** 4 - groundK ** 4)) / (noctConvection * noctRise);
  // A high installed NOCT means a module that is coupled to what it lies on.
  const capacity = HEAT_CAPACITY * (noctK > 321.15 ? 1 + (noctK - 321.15) / 12 : 1);
  const windRatio = (moduleHeightM / windHeightM) ** 0.2;

  const n = poaWm2.length;
  const cellC = new Float64Array(n);
  let moduleK = 293.15;
  let sunBefore = 0;
  for (let i = 0; i < n; i++) {
    const airK = tempAirC[i] + KELVIN;
    const sun = poaWm2[i] * absorption;
    const wind = windSpeedMPerS[i] * windRatio + 1e-4;
    const skyK = 0.68 * (0.0552 * airK ** 1.5) + 0.32 * airK;
    const startK = moduleK;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const air =
        convectionRatio * convection((moduleK + airK) / 2, wind, Math.abs(moduleK - airK), lengthM, sinTilt, true);
      const sky = radiation * (moduleK ** 2 + skyK ** 2) * (moduleK + skyK);
      const belowK = airK + groundRatio * (moduleK - airK);
      const ground = radiation * (moduleK ** 2 + belowK ** 2) * (moduleK + belowK);
      const total = air + sky + ground;
      const eigen = (-total / capacity) * stepHours * 3600;
      const left = eigen > -10 ? Math.exp(eigen) : 0;
      const gained = air * airK + sky * skyK + ground * belowK + sunBefore + (sun - sunBefore) / eigen;
      moduleK = startK * left + ((1 - left) * gained + sun - sunBefore) / total;
    }
    cellC[i] = moduleK - KELVIN;
    sunBefore = sun;
  }
  return cellC;
}
