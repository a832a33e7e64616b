/**
 * How windpowerlib 0.2 prepares its inputs where the platform does it otherwise. The validators need these formulas to
 * give the engine the same inputs as the reference runs had.
 */

/**
 * Returns windpowerlib's "barometric" air density at hub height [kg/m3]: the pressure falls by 1 hPa every 8 m, and the
 * reference state is 1.225 kg/m3 at 1013.3 hPa and 288.15 K.
 */
export const barometricDensity = (
  pressurePa: number,
  pressureHeightM: number,
  hubHeightM: number,
  temperatureHubK: number,
): number => ((pressurePa / 100 - (hubHeightM - pressureHeightM) / 8) * 1.225 * 288.15) / (1013.3 * temperatureHubK);

/** Returns windpowerlib's "ideal_gas" air density at hub height [kg/m3], with the gas constant 287.058 J/kg/K. */
export const idealGasDensity = (
  pressurePa: number,
  pressureHeightM: number,
  hubHeightM: number,
  temperatureHubK: number,
): number => ((pressurePa / 100 - (hubHeightM - pressureHeightM) / 8) * 100) / (287.058 * temperatureHubK);

/** Returns windpowerlib's shear exponent for a site without a second measurement [-]: 1/ln(h/z0). */
export const hellmanExponent = (targetHeightM: number, roughnessM: number): number =>
  1 / Math.log(targetHeightM / roughnessM);
