/** Shadow flicker: which turbines cast the shadow of their rotor on a receptor, by the position of the sun. */
import type { ShadowFlicker } from './rules.ts';
import { turned } from './rules.ts';

const RADIANS = Math.PI / 180;

/** A turbine that may cast its shadow on a receptor: the hub as seen from there [m] */
interface Pair {
  readonly receptor: number;
  readonly turbine: number;
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  /** Distance from the receptor to the rotor's edge, squared [m2] */
  readonly edgeM2: number;
}

/**
 * Rotors always face the sun and turn, and the sky is clear, the worst case of the German guideline: a shadow falls while the
 * line from the receptor to the sun's middle passes the rotor's disc. The ground is flat.
 * @see LAI 2020, Hinweise zur Ermittlung und Beurteilung der optischen Immissionen von Windkraftanlagen
 */
export class ShadowCaster {
  /** Pairs that may count, by whole degree of the sun's azimuth */
  readonly #byAzimuth: readonly (readonly Pair[])[];
  readonly #minElevationDeg: number;

  /** @param turbines rotor and hub of each turbine [m]; null: it casts no shadow here */
  constructor(
    { receptors, minSunElevationDeg, maxDistanceM }: ShadowFlicker,
    turbines: readonly ({ readonly diameterM: number; readonly hubHeightM: number } | null)[],
  ) {
    this.#minElevationDeg = minSunElevationDeg;
    const byAzimuth: Pair[][] = Array.from({ length: 360 }, () => []);
    receptors.forEach(({ eastM, northM, heightM }, receptor) => {
      turbines.forEach((spec, turbine) => {
        const [east, north] = [eastM[turbine], northM[turbine]];
        const distance = Math.hypot(east, north);
        if (!spec || distance > maxDistanceM) return;
        const up = spec.hubHeightM - heightM;
        const radius = spec.diameterM / 2;
        const edgeM2 = Math.max(0, distance ** 2 + up ** 2 - radius ** 2);
        const pair = { receptor, turbine, eastM: east, northM: north, upM: up, edgeM2 };
        const half = distance > radius ? Math.asin(radius / distance) / RADIANS : 180;
        const azimuth = Math.atan2(east, north) / RADIANS;
        for (let degree = 0; degree < 360; degree++) {
          const away = Math.abs(turned(degree + 0.5 - azimuth + 180) - 180);
          if (away <= half + 1) byAzimuth[degree].push(pair);
        }
      });
    });
    this.#byAzimuth = byAzimuth;
  }

  /** Calls `cast` for each receptor and turbine whose shadow falls on it. */
  at(azimuthDeg: number, elevationDeg: number, cast: (receptor: number, turbine: number) => void): void {
    if (elevationDeg < this.#minElevationDeg) return;
    const pairs = this.#byAzimuth[Math.floor(turned(azimuthDeg)) % 360];
    if (pairs.length === 0) return;
    const flat = Math.cos(elevationDeg * RADIANS);
    const east = Math.sin(azimuthDeg * RADIANS) * flat;
    const north = Math.cos(azimuthDeg * RADIANS) * flat;
    const up = Math.sin(elevationDeg * RADIANS);
    for (const { receptor, turbine, eastM, northM, upM, edgeM2 } of pairs) {
      const ahead = eastM * east + northM * north + upM * up;
      if (ahead > 0 && ahead * ahead >= edgeM2) cast(receptor, turbine);
    }
  }
}
