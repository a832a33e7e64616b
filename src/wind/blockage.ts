/** The slow-down of the wind in front of rotors. */
import { doubleInduction } from './deficit-kernel.ts';

/** Troldborg and Meyer Forsting's constants: thrust, half radius, radial shape. */
const GAMMA = 1.1;
const LAMBDA = 0.587;
const ETA = 1.32;
const ALPHA = 8 / 9;
const BETA = Math.SQRT2;

/**
 * Share of `selfSimilarInduction` that is left in front of a rotor, by place alone: the vortex cylinder's decay along
 * the axis times the self-similar profile across it. Equations 5 to 7 and 13.
 * @param upstreamM distance in front of the rotor [m], above 0
 * @param offsetM distance from its axis [m]
 * @see Troldborg and Meyer Forsting 2017, doi:10.1002/we.2137
 */
export function selfSimilarShape(upstreamM: number, offsetM: number, rotorRadiusM: number): number {
  const x = -upstreamM / rotorRadiusM;
  const halfRadius = Math.sqrt(LAMBDA * (ETA + x * x));
  const profile = (1 / Math.cosh((BETA * offsetM) / (rotorRadiusM * halfRadius))) ** ALPHA;
  return (1 + x / Math.sqrt(1 + x * x)) * profile;
}

/** Share of the free speed that is lost at the rotor itself, by its thrust coefficient; Madsen's induction. Equation 8. */
export const selfSimilarInduction = (ct: number): number => 0.5 * doubleInduction('madsen', GAMMA * ct);
