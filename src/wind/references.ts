/** The papers behind the wind models: by the choices of a request, and of the methods that every analysis uses. */
import type { References, Source } from '../lib/references.ts';
import type { LayoutMethod } from './layout/layout-problem.ts';
import type { DensityCorrection } from './resource/air-density.ts';
import type { McpMethod } from './resource/long-term.ts';
import type { Deflection, SuperposedWakeModel, Superposition } from './wakes/wake-models.ts';

const MANWELL =
  'Manwell, J. F., McGowan, J. G., Rogers, A. L. (2009). Wind Energy Explained, 2nd ed. Wiley. doi:10.1002/9781119994367';
const JENSEN = 'Jensen, N. O. (1983). A note on wind generator interaction. Risoe-M-2411.';
const KATIC =
  'Katic, I., Hojstrup, J., Jensen, N. O. (1986). A simple model for cluster efficiency. EWEC, Rome, 407-410.';
const FENG =
  'Feng, J., Shen, W. Z. (2015). Solving the wind farm layout optimization problem using random search algorithm. Renewable Energy 78, 182-192. doi:10.1016/j.renene.2015.01.005';
const MADSEN =
  'Madsen, H. A. et al. (2020). Implementation of the blade element momentum model on a polar grid and its aeroelastic load impact. Wind Energy Science 5, 1-27. doi:10.5194/wes-5-1-2020';
const BASTANKHAH_2014 =
  'Bastankhah, M., Porte-Agel, F. (2014). A new analytical model for wind-turbine wakes. Renewable Energy 70, 116-123. doi:10.1016/j.renene.2014.01.002';
const BASTANKHAH_2016 =
  'Bastankhah, M., Porte-Agel, F. (2016). Experimental and theoretical study of wind turbine wakes in yawed conditions. Journal of Fluid Mechanics 806, 506-541. doi:10.1017/jfm.2016.595';
const NIAYIFAR =
  'Niayifar, A., Porte-Agel, F. (2016). Analytical modeling of wind farms: a new approach for power prediction. Energies 9(9), 741. doi:10.3390/en9090741';
const ROGERS =
  'Rogers, A. L., Rogers, J. W., Manwell, J. F. (2005). Comparison of the performance of four measure-correlate-predict algorithms. Journal of Wind Engineering and Industrial Aerodynamics 93(3), 243-264. doi:10.1016/j.jweia.2004.09.002';
const IEC_POWER =
  'IEC 61400-12-1 (2017). Wind energy generation systems. Power performance measurements of electricity producing wind turbines.';

type ByName<Name extends string> = Readonly<Record<Name, Source>>;

export const WIND_REFERENCES = {
  energy: { bins: [MANWELL] },
  weibull: {
    wasp: ['Troen, I., Petersen, E. L. (1989). European Wind Atlas. Risoe National Laboratory. ISBN 87-550-1482-8.'],
    maximum_likelihood: [
      'Seguro, J. V., Lambert, T. W. (2000). Modern estimation of the parameters of the Weibull wind speed distribution for wind energy analysis. Journal of Wind Engineering and Industrial Aerodynamics 85(1), 75-84. doi:10.1016/S0167-6105(99)00122-1',
    ],
  },
  shear: {
    power: [MANWELL],
    log: [MANWELL],
    fitted: [MANWELL],
  },
  air_density: { moist: [IEC_POWER, 'ISO 2533 (1975). Standard atmosphere.'] },
  density_correction: {
    site_specific: [
      'Svenningsen, L. (2010). Power curve air density correction and other power curve options. windPRO.',
    ],
    iec_61400_12_1: [IEC_POWER],
  } satisfies ByName<DensityCorrection>,
  long_term: { variance_ratio: [ROGERS], linear: [ROGERS] } satisfies ByName<McpMethod>,
  wake: {
    noj_k004: [JENSEN, MADSEN, FENG],
    noj_k010: [JENSEN, MADSEN, FENG],
    noj_mom1d_k005: [JENSEN, FENG],
    noj_k004_stf2017: [JENSEN, MADSEN, FENG],
    bastankhah_k00325: [BASTANKHAH_2014, MADSEN],
    bastankhah2014_k004: [BASTANKHAH_2014],
    niayifar_crespo: [NIAYIFAR, BASTANKHAH_2014],
    turbopark_nygaard2022: [
      'Pedersen, J. G. et al. (2022). Turbulence optimized park model with Gaussian wake profile. Journal of Physics: Conference Series 2265, 022063. doi:10.1088/1742-6596/2265/2/022063',
    ],
    iea37_simple_gaussian: [
      'Baker, N. F. et al. (2019). Best practices for wake model and optimization algorithm selection in wind farm layout optimization. AIAA SciTech. doi:10.2514/6.2019-0540',
      BASTANKHAH_2014,
    ],
    floris_gauss: [BASTANKHAH_2016, NIAYIFAR],
    floris_gauss_shear012: [BASTANKHAH_2016, NIAYIFAR],
    floris_gch: [
      'King, J. et al. (2021). Control-oriented model for secondary effects of wake steering. Wind Energy Science 6, 701-714. doi:10.5194/wes-6-701-2021',
      BASTANKHAH_2016,
      NIAYIFAR,
    ],
  },
  superposition: {
    linear: [
      'Lissaman, P. B. S. (1979). Energy effectiveness of arbitrary arrays of wind turbines. Journal of Energy 3(6), 323-328. doi:10.2514/3.62441',
    ],
    squared_sum: [KATIC],
    max: [
      'Gunn, K. et al. (2016). Limitations to the validity of single wake superposition in wind farm yield assessment. Journal of Physics: Conference Series 749, 012003. doi:10.1088/1742-6596/749/1/012003',
    ],
  } satisfies ByName<Superposition>,
  turbulence: {
    none: { noPaper: 'wakes add none' },
    crespo_hernandez: [
      'Crespo, A., Hernandez, J. (1996). Turbulence characteristics in wind-turbine wakes. Journal of Wind Engineering and Industrial Aerodynamics 61(1), 71-85. doi:10.1016/0167-6105(95)00033-X',
    ],
    stf2017: [
      'Frandsen, S. T. (2007). Turbulence and turbulence-generated structural loading in wind turbine clusters. Risoe-R-1188(EN).',
      'IEC 61400-1 (2019). Wind energy generation systems. Design requirements, annex E.',
    ],
  } satisfies ByName<NonNullable<SuperposedWakeModel['turbulence']>['kind'] | 'none'>,
  generic_thrust: {
    frohboese_schmuck: [
      'Frohboese, P., Schmuck, C. (2010). Thrust coefficients used for estimation of wake effects for fatigue load calculation. European Wind Energy Conference 2010.',
    ],
    momentum: [
      'Burton, T. et al. (2011). Wind Energy Handbook, 2nd ed., section 3.2. Wiley. doi:10.1002/9781119992714',
    ],
  },
  blockage: {
    none: { noPaper: 'rotors do not slow the wind in front of them' },
    self_similar: [
      'Troldborg, N., Meyer Forsting, A. R. (2017). A simple model of the wind turbine induction zone derived from numerical simulations. Wind Energy 20(12), 2011-2020. doi:10.1002/we.2137',
    ],
  } satisfies ByName<NonNullable<SuperposedWakeModel['blockage']> | 'none'>,
  deflection: {
    jimenez: [
      'Jimenez, A., Crespo, A., Migoya, E. (2010). Application of a LES technique to characterize the wake deflection of a wind turbine in yaw. Wind Energy 13(6), 559-572. doi:10.1002/we.380',
    ],
    gauss: [BASTANKHAH_2016],
  } satisfies ByName<Deflection>,
  wake_steering: {
    serial_refine: [
      'Fleming, P. A. et al. (2022). Serial-Refine Method for Fast Wake-Steering Yaw Optimization. Journal of Physics: Conference Series 2265, 032109. doi:10.1088/1742-6596/2265/3/032109',
    ],
  },
  method: {
    annealing: [
      'Kirkpatrick, S., Gelatt, C. D., Vecchi, M. P. (1983). Optimization by Simulated Annealing. Science 220(4598), 671-680. doi:10.1126/science.220.4598.671',
      'Nocedal, J., Wright, S. J. (2006). Numerical Optimization, 2nd ed. Springer. doi:10.1007/978-0-387-40065-5',
    ],
    gradient: [
      'Wales, D. J., Doye, J. P. K. (1997). Global optimization by basin-hopping and the lowest energy structures of Lennard-Jones clusters containing up to 110 atoms. Journal of Physical Chemistry A 101(28), 5111-5116. doi:10.1021/jp970984n',
      'Nocedal, J., Wright, S. J. (2006). Numerical Optimization, 2nd ed. Springer. doi:10.1007/978-0-387-40065-5',
    ],
    random_search: [FENG],
    greedy: [
      'Ozturk, U. A., Norman, B. A. (2004). Heuristic methods for wind energy conversion system positioning. Electric Power Systems Research 70(3), 179-185. doi:10.1016/j.epsr.2003.12.006',
    ],
  } satisfies ByName<LayoutMethod>,
} as const satisfies References;
