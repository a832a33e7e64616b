/** Cell temperature models. Each works on one instant; night (POA 0) gives the air temperature unless a model says otherwise. */

/** Coefficients of the Sandia model. */
export interface SapmThermal {
  /** [1], negative */
  readonly a: number;
  /** [s/m], negative */
  readonly b: number;
  /** Cell above module back at 1000 W/m2 [K] */
  readonly deltaTK: number;
}

/** Sandia's mountings, King 2004 table 1. */
export const SAPM_THERMAL = {
  open_rack_glass_glass: { a: -3.47, b: -0.0594, deltaTK: 3 },
  close_mount_glass_glass: { a: -2.98, b: -0.0471, deltaTK: 1 },
  open_rack_glass_polymer: { a: -3.56, b: -0.075, deltaTK: 3 },
  insulated_back_glass_polymer: { a: -2.81, b: -0.0455, deltaTK: 0 },
} as const satisfies Record<string, SapmThermal>;

/**
 * Returns the temperature of the module's back by the Sandia array performance model.
 * @param poaWm2 plane-of-array irradiance [W/m2], >= 0
 * @param tempAirC [degC]
 * @param windSpeedMPerS at 10 m [m/s], >= 0
 * @returns [degC]
 * @see King, Boyson and Kratochvill 2004, SAND2004-3535, equation 11
 */
export function sapmModuleTemperature(
  poaWm2: number,
  tempAirC: number,
  windSpeedMPerS: number,
  thermal: SapmThermal,
): number {
  return poaWm2 * Math.exp(thermal.a + thermal.b * windSpeedMPerS) + tempAirC;
}

/**
 * Returns the cell temperature by the Sandia array performance model; parameters as for the module's back.
 * @returns [degC]
 * @see King, Boyson and Kratochvill 2004, SAND2004-3535, equation 12
 */
export function sapmCellTemperature(
  poaWm2: number,
  tempAirC: number,
  windSpeedMPerS: number,
  thermal: SapmThermal,
): number {
  return sapmModuleTemperature(poaWm2, tempAirC, windSpeedMPerS, thermal) + (poaWm2 / 1000) * thermal.deltaTK;
}

/**
 * Returns the cell temperature by the Faiman heat-loss model.
 * @param u0 constant heat-loss coefficient [W/m2/K]; 25 is Faiman's fit for open-rack c-Si
 * @param u1 wind's coefficient [W/m2/K per m/s]; 6.84 in the same fit
 * @returns [degC]
 * @see Faiman 2008, doi:10.1002/pip.813
 */
export function faimanCellTemperature(
  poaWm2: number,
  tempAirC: number,
  windSpeedMPerS: number,
  u0: number,
  u1: number,
): number {
  return tempAirC + poaWm2 / (u0 + u1 * windSpeedMPerS);
}

/**
 * Returns the cell temperature by PVsyst's heat balance.
 * @param uc constant loss factor [W/m2/K]; 29 is free-standing
 * @param uv wind's loss factor [W/m2/K per m/s]
 * @param moduleEfficiency [1]; PVsyst has 0.1
 * @param alphaAbsorption [1]
 * @returns [degC]
 * @see PVsyst 7 help, "Array thermal losses"
 */
export function pvsystCellTemperature(
  poaWm2: number,
  tempAirC: number,
  windSpeedMPerS: number,
  uc: number,
  uv: number,
  moduleEfficiency: number,
  alphaAbsorption: number,
): number {
  return tempAirC + (poaWm2 * alphaAbsorption * (1 - moduleEfficiency)) / (uc + uv * windSpeedMPerS);
}

export interface NoctSamModule {
  /** Nominal operating cell temperature [degC] */
  readonly noctC: number;
  /** At reference conditions [1], 0 to 1 */
  readonly moduleEfficiency: number;
  /** Transmittance times absorptance [1]; SAM's default 0.9 */
  readonly transmittanceAbsorptance: number;
  /** Height of the array in storeys above the ground: 1 or 2 */
  readonly arrayHeightStoreys: 1 | 2;
  /** Gap to the roof [inch]; above 3.5 the array is open to the wind, and 0 is no statement */
  readonly mountStandoffInch: number;
}

/**
 * NOCT rises as the gap to the roof gets smaller: steps at 0.5, 1.5, 2.5 and 3.5 inches (SAM technical reference, section 9.3). A
 * gap of 0 means that the gap is not stated, as in SAM.
 */
function standoffRiseK(standoffInch: number): number {
  if (standoffInch <= 0) return 0;
  if (standoffInch < 0.5) return 18;
  if (standoffInch < 1.5) return 11;
  if (standoffInch < 2.5) return 6;
  return standoffInch <= 3.5 ? 2 : 0;
}

/**
 * Returns the cell temperature by the NOCT model of NREL's System Advisor Model.
 * @param effectiveIrradianceWm2 irradiance that heats the cell [W/m2]; equals POA unless optical losses are known
 * @returns [degC]
 * @see Gilman, Dobos, DiOrio, Freeman, Janzou and Ryberg 2018, NREL/TP-6A20-67399, section 9.3
 */
export function noctSamCellTemperature(
  poaWm2: number,
  tempAirC: number,
  windSpeedMPerS: number,
  module: NoctSamModule,
  effectiveIrradianceWm2 = poaWm2,
): number {
  const ratio = poaWm2 === 0 ? 1 : effectiveIrradianceWm2 / poaWm2;
  const windMPerS = (module.arrayHeightStoreys === 1 ? 0.51 : 0.61) * windSpeedMPerS;
  const heating = ((poaWm2 * ratio) / 800) * (module.noctC + standoffRiseK(module.mountStandoffInch) - 20);
  const converted = 1 - module.moduleEfficiency / module.transmittanceAbsorptance;
  return tempAirC + (heating * converted * 9.5) / (5.7 + 3.8 * windMPerS);
}
