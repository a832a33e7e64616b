/** Sideways deflection of a wake behind a yawed rotor. */
const POINTS = 20;

/** Shares of the distance at which the angle is read: dense near the rotor, as PyWake's DeflectionIntegrator has them. */
const SHARES = Float64Array.from(
  { length: POINTS },
  (_, i) => (10 ** ((1.1 * i) / (POINTS - 1)) - 1) / (10 ** 1.1 - 1),
);

/**
 * Returns the deflection [m], positive for positive yaw.
 * @param along distance behind the rotor [m]  @param ct thrust coefficient  @param yaw misalignment [rad]
 * @param diameter [m]  @param beta growth of the wake [-]
 * @see Jimenez, Crespo and Migoya 2010, doi:10.1002/we.380, integrated by the trapezoidal rule as in PyWake 2.6
 */
export function jimenezDeflection(along: number, ct: number, yaw: number, diameter: number, beta: number): number {
  const start = Math.cos(yaw) ** 2 * Math.sin(Math.abs(yaw)) * (ct / 2);
  const growth = (beta * along) / diameter;
  let sum = 0;
  let before = Math.tan(start);
  for (let i = 1; i < POINTS; i++) {
    const now = Math.tan(start / (1 + growth * SHARES[i]) ** 2);
    sum += 0.5 * (before + now) * (SHARES[i] - SHARES[i - 1]);
    before = now;
  }
  return Math.sign(yaw) * along * sum;
}

/**
 * Returns the same deflection [m] in closed form, as FLORIS 4.7 does; it is positive for positive yaw.
 * @param ct thrust coefficient along the wind  @param yaw misalignment [rad]  @param diameter [m]  @param kd growth of
 * the wake [-]
 */
export function jimenezDeflectionOfFloris(along: number, ct: number, yaw: number, diameter: number, kd = 0.05): number {
  const start = (Math.cos(yaw) * Math.sin(yaw) * ct) / 2;
  const growth = (2 * kd * along) / diameter + 1;
  const near = (15 * growth ** 4 + start * start) / growth ** 5;
  return (start * diameter * (15 + start * start - near)) / (30 * kd);
}
