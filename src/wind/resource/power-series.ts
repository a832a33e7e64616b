/** Power of a single turbine over a weather series, as windpowerlib's ModelChain defines it. */
import { barometricDensity, idealGasDensity, siteSpecificCurve, temperatureAtHubK } from './air-density.ts';
import { requireFinite, requireSameLength } from '../check.ts';
import { hellmanExponent, logLaw, powerLaw } from './shear.ts';
import type { TurbineSpec } from '../turbine/turbine.ts';
import { powerKw } from '../turbine/turbine.ts';

export interface PowerSeriesInput {
  readonly wsMPerS: ArrayLike<number>;
  readonly wsHeightM: number;
  readonly temperatureC: ArrayLike<number>;
  readonly temperatureHeightM: number;
  readonly pressurePa: ArrayLike<number>;
  readonly pressureHeightM: number;
  readonly roughnessM: number;
}

export interface PowerSeriesOptions {
  /** Profile from measurement to hub height; default `logarithmic` */
  readonly windSpeedModel?: 'logarithmic' | 'hellman';
  /** Height of the obstacles around [m]; the logarithmic profile begins at 0.7 of it, below both heights; default 0 */
  readonly obstacleHeightM?: number;
  /** Exponent of `hellman`; default 1/ln(h/z0) */
  readonly hellmanExponent?: number;
  /** Default `barometric` */
  readonly densityModel?: 'barometric' | 'ideal_gas';
  /** Read the curve at the site's density; default no */
  readonly densityCorrection?: boolean;
}

/**
 * @param hubHeightM [m]
 * @returns power [kW], length n, in the order of the input
 */
export function powerSeries(
  turbine: TurbineSpec,
  hubHeightM: number,
  input: PowerSeriesInput,
  options: PowerSeriesOptions = {},
): Float64Array {
  const { wsMPerS, temperatureC, pressurePa, roughnessM } = input;
  requireFinite('wind_speed_m_s', wsMPerS);
  const displacement = 0.7 * (options.obstacleHeightM ?? 0);
  const factor =
    options.windSpeedModel === 'hellman'
      ? powerLaw(1, input.wsHeightM, hubHeightM, options.hellmanExponent ?? hellmanExponent(hubHeightM, roughnessM))
      : logLaw(1, input.wsHeightM - displacement, hubHeightM - displacement, roughnessM);
  const power = new Float64Array(wsMPerS.length);
  if (!options.densityCorrection) {
    for (let i = 0; i < power.length; i++) power[i] = powerKw(turbine, wsMPerS[i] * factor);
    return power;
  }
  requireSameLength('speeds', wsMPerS, 'temperatures', temperatureC);
  requireSameLength('speeds', wsMPerS, 'pressures', pressurePa);
  requireFinite('temperature_c', temperatureC);
  requireFinite('pressure_pa', pressurePa);
  const density = options.densityModel === 'ideal_gas' ? idealGasDensity : barometricDensity;
  for (let i = 0; i < power.length; i++) {
    const hubK = temperatureAtHubK(temperatureC[i] + 273.15, input.temperatureHeightM, hubHeightM);
    const rho = density(pressurePa[i], input.pressureHeightM, hubHeightM, hubK);
    power[i] = powerKw(siteSpecificCurve(turbine, rho), wsMPerS[i] * factor);
  }
  return power;
}
