/** Logarithms of the normal distribution that stay exact far in the lower tail, as a search needs them. */

const SQRT_2PI = Math.sqrt(2 * Math.PI);
const LOG_SQRT_2PI = Math.log(SQRT_2PI);

const A = [3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315];
const B = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const C = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707,
  2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
];
const D = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247,
  3439.3676741437216, 1230.3393548037495,
];
const P = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378,
  0.016315387137302097,
];
const Q = [2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918];

/**
 * Returns exp(x^2) erfc(x) for x >= 0, to about 1e-15 relative.
 * @see Cody 1969, doi:10.1090/S0025-5718-1969-0247736-4
 */
export function scaledErfc(x: number): number {
  if (x <= 0.46875) {
    const y = x * x;
    let top = A[4] * y;
    let bottom = y;
    for (let i = 0; i < 3; i++) {
      top = (top + A[i]) * y;
      bottom = (bottom + B[i]) * y;
    }
    return Math.exp(y) * (1 - (x * (top + A[3])) / (bottom + B[3]));
  }
  if (x <= 4) {
    let top = C[8] * x;
    let bottom = x;
    for (let i = 0; i < 7; i++) {
      top = (top + C[i]) * x;
      bottom = (bottom + D[i]) * x;
    }
    return (top + C[7]) / (bottom + D[7]);
  }
  const y = 1 / (x * x);
  let top = P[5] * y;
  let bottom = y;
  for (let i = 0; i < 4; i++) {
    top = (top + P[i]) * y;
    bottom = (bottom + Q[i]) * y;
  }
  return (1 / Math.sqrt(Math.PI) - (y * (top + P[4])) / (bottom + Q[4])) / x;
}

/** Returns the distribution function over density, Phi(z) / phi(z), for z <= 0. */
function tailRatio(z: number): number {
  return Math.sqrt(Math.PI / 2) * scaledErfc(-z * Math.SQRT1_2);
}

/** @returns log Phi(z) and its derivative */
export function logCdf(z: number): { value: number; slope: number } {
  if (z > 0) {
    const density = Math.exp(-0.5 * z * z) / SQRT_2PI;
    const cdf = 1 - density * tailRatio(-z);
    return { value: Math.log(cdf), slope: density / cdf };
  }
  const ratio = tailRatio(z);
  return { value: -0.5 * z * z - LOG_SQRT_2PI + Math.log(ratio), slope: 1 / ratio };
}

/**
 * Returns log(phi(z) + z Phi(z)): the logarithm of the expected improvement over one standard deviation.
 * @returns the value and its derivative
 * @see Ament et al. 2023, arXiv:2310.20708
 */
export function logImprovement(z: number): { value: number; slope: number } {
  if (z > -1) {
    const density = Math.exp(-0.5 * z * z) / SQRT_2PI;
    const cdf = z > 0 ? 1 - density * tailRatio(-z) : density * tailRatio(z);
    const h = density + z * cdf;
    return { value: Math.log(h), slope: cdf / h };
  }
  // h / phi = 1 + z Phi / phi; its leading terms cancel far out, where the asymptotic series takes over.
  const y = 1 / (z * z);
  const ratio = z < -25 ? -(1 - y + 3 * y * y - 15 * y * y * y) / z : tailRatio(z);
  const rest = z < -25 ? y * (1 - 3 * y + 15 * y * y - 105 * y * y * y) : 1 + z * ratio;
  return { value: -0.5 * z * z - LOG_SQRT_2PI + Math.log(rest), slope: ratio / rest };
}

/**
 * Returns the logarithm of E[(exp(u) - 1)+] for u normal with mean sigma z and deviation sigma: the expected
 * improvement in a quantity's own unit, up to a constant, where minus the logarithm of its distance from above is
 * predicted normal. As sigma vanishes it tends to that of E[u+].
 * @returns the value and its derivatives by z and by sigma
 * @see Hutter, Hoos, Leyton-Brown and Murphy 2009, doi:10.1145/1569901.1569940
 */
export function logExponentialImprovement(z: number, sigma: number): { value: number; slope: number; bySigma: number } {
  if (sigma < 1e-5) return logLinearImprovement(z, sigma);
  // E = exp(drift) Phi(end) - Phi(z); its derivatives are sigma exp(drift) Phi(end) and exp(drift) (phi(end) + end Phi(end)).
  const end = z + sigma;
  const drift = sigma * z + 0.5 * sigma * sigma;
  const moved = drift + logCdf(end).value;
  const value = moved + Math.log(-Math.expm1(logCdf(z).value - moved));
  return {
    value,
    slope: sigma * Math.exp(moved - value),
    bySigma: Math.exp(drift + logImprovement(end).value - value),
  };
}

/** Returns the logarithm of E[u+] for the same u. */
export function logLinearImprovement(z: number, sigma: number): { value: number; slope: number; bySigma: number } {
  const { value, slope } = logImprovement(z);
  return { value: value + Math.log(sigma), slope, bySigma: 1 / sigma };
}
