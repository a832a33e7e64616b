/** Turbines whose positions along the wind differ by less than this do not affect each other [m]. */
export const SIDE_BY_SIDE_M = 1e-6;

/**
 * The solver's state for one wind direction: turbines in the order of the flow, with all speeds of a turbine next to
 * each other.
 */
export class WakeState {
  /** Turbines */
  readonly n: number;
  /** Cases (speeds) of the direction */
  readonly cases: number;
  /** Distance along the wind and across it, by place in the order [m] */
  readonly along: Float64Array;
  readonly across: Float64Array;
  /** The turbine at each place of the order */
  readonly order: Int32Array;
  readonly diameter: Float64Array;
  readonly hubHeight: Float64Array;
  /** Free and effective speed [m/s], thrust coefficient, power [kW], turbulence intensities, by [place * cases + case] */
  readonly uFree: Float64Array;
  readonly uEff: Float64Array;
  readonly ct: Float64Array;
  readonly power: Float64Array;
  readonly ti: Float64Array;
  readonly tiAmbient: Float64Array;
  /** Sum of deficits, of their squares, or the largest [m/s] */
  readonly deficit: Float64Array;
  /** Added turbulence: largest or sum */
  readonly tiAdded: Float64Array;

  /**
   * Has one more place than there are turbines, for points of a flow map.
   * @param array makes the arrays; left out: each on its own
   */
  constructor(turbines: number, cases: number, array = (length: number) => new Float64Array(length)) {
    this.n = turbines;
    const n = turbines + 1;
    this.cases = cases;
    this.along = array(n);
    this.across = array(n);
    this.order = Int32Array.from({ length: turbines }, (_, i) => i);
    this.diameter = array(n);
    this.hubHeight = array(n);
    const size = n * cases;
    this.uFree = array(size);
    this.uEff = array(size);
    this.ct = array(size);
    this.power = array(size);
    this.ti = array(size);
    this.tiAmbient = array(size);
    this.deficit = array(size);
    this.tiAdded = array(size);
  }
}
