/** The papers behind the solar models: by the choices of a request, and of the methods that every analysis uses. */
import type { References, Source } from '../lib/references.ts';
import type { SAPM_THERMAL } from './power/cell-temperature.ts';
import type {
  IamChoice,
  InverterChoice,
  ModuleChoice,
  Mounting,
  RowShading,
  SnowChoice,
  SoilingChoice,
  SpectralChoice,
  TemperatureChoice,
  SolarSystem,
  Transposition,
} from './system.ts';
import type { Decomposition, PrepareOptions } from './year/site.ts';

const PEREZ =
  'Perez, R. et al. (1990). Modeling daylight availability and irradiance components from direct and global irradiance. Solar Energy 44(5), 271-289. doi:10.1016/0038-092X(90)90055-H';
const DE_SOTO =
  'De Soto, W., Klein, S. A., Beckman, W. A. (2006). Improvement and validation of a model for photovoltaic array performance. Solar Energy 80(1), 78-88. doi:10.1016/j.solener.2005.06.010';
const KING_2004 =
  'King, D. L., Boyson, W. E., Kratochvil, J. A. (2004). Photovoltaic Array Performance Model. SAND2004-3535. doi:10.2172/919131';
const PVWATTS = 'Dobos, A. P. (2014). PVWatts Version 5 Manual. NREL/TP-6A20-62641. doi:10.2172/1158421';
const SAM =
  'Gilman, P. et al. (2018). SAM Photovoltaic Model Technical Reference Update. National Renewable Energy Laboratory, NREL/TP-6A20-67399.';
const OHMIC = 'PVsyst SA. PVsyst 7 help, Array ohmic wiring loss.';
const TRANSFORMER = 'PVsyst SA. PVsyst 7 help, External transformer losses.';
const INFINITE_SHEDS =
  'Mikofski, M. A. et al. (2019). Bifacial performance modeling in large arrays. 46th IEEE PVSC. doi:10.1109/PVSC40753.2019.8980572';
const SHADED_FRACTION =
  'Anderson, K. S., Jensen, A. R. (2024). Shaded fraction and backtracking in single-axis trackers on rolling terrain. Journal of Renewable and Sustainable Energy 16, 023504. doi:10.1063/5.0202220';
const MARION =
  'Marion, B. (2017). Numerical method for angle-of-incidence correction factors for diffuse radiation incident photovoltaic modules. Solar Energy 147, 344-348. doi:10.1016/j.solener.2017.03.027';
const DIFFUSE_SHADE =
  'Deline, C. et al. (2013). A simplified model of uniform shading in large photovoltaic arrays. Solar Energy 96, 274-282. doi:10.1016/j.solener.2013.07.008';

type ByName<Name extends string> = Readonly<Record<Name, Source>>;
const AS_GIVEN: Source = { noPaper: 'its parameters are looked up; the model is that of the component found' };

export const SOLAR_REFERENCES = {
  sun_position: {
    spa: [
      'Reda, I., Andreas, A. (2003). Solar Position Algorithm for Solar Radiation Applications. NREL/TP-560-34302. doi:10.2172/15003974',
    ],
  },
  air_mass: {
    kasten_young: [
      'Kasten, F., Young, A. T. (1989). Revised optical air mass tables and approximation formula. Applied Optics 28(22), 4735-4738. doi:10.1364/AO.28.004735',
    ],
  },
  extraterrestrial: {
    spencer: ['Spencer, J. W. (1971). Fourier series representation of the position of the sun. Search 2(5), 172.'],
  },
  clear_sky: {
    ineichen: [
      'Ineichen, P., Perez, R. (2002). A new airmass independent formulation for the Linke turbidity coefficient. Solar Energy 73(3), 151-157. doi:10.1016/S0038-092X(02)00045-2',
      'Remund, J. et al. (2003). Worldwide Linke turbidity information. ISES Solar World Congress.',
    ],
    haurwitz: [
      'Haurwitz, B. (1945). Insolation in relation to cloudiness and cloud density. Journal of Meteorology 2(3), 154-166. doi:10.1175/1520-0469(1945)002<0154:IIRTCA>2.0.CO;2',
    ],
  } satisfies ByName<'ineichen' | 'haurwitz'>,
  edge_steps: {
    mid_step: { noPaper: 'the sun of the middle of the step' },
    mid_sunlit: [SAM],
  } satisfies ByName<PrepareOptions['edgeSteps']>,
  decomposition: {
    weather: { noPaper: "the weather's own direct and diffuse irradiance" },
    erbs: [
      'Erbs, D. G., Klein, S. A., Duffie, J. A. (1982). Estimation of the diffuse radiation fraction. Solar Energy 28(4), 293-302. doi:10.1016/0038-092X(82)90302-4',
    ],
    disc: [
      'Maxwell, E. L. (1987). A quasi-physical model for converting hourly global horizontal to direct normal insolation. SERI/TR-215-3087.',
    ],
    dirint: [
      'Perez, R. et al. (1992). Dynamic global-to-direct irradiance conversion models. ASHRAE Transactions 98(1), 354-369.',
    ],
  } satisfies ByName<Decomposition>,
  mounting: {
    fixed: { noPaper: 'a plane that does not move' },
    roof: { noPaper: 'a plane that does not move' },
    one_axis: [
      'Anderson, K., Mikofski, M. (2020). Slope-Aware Backtracking for Single-Axis Trackers. NREL/TP-5K00-76626. doi:10.2172/1660126',
    ],
    two_axis: [
      'Braun, J. E., Mitchell, J. C. (1983). Solar geometry for fixed and tracking surfaces. Solar Energy 31(5), 439-444. doi:10.1016/0038-092X(83)90046-4',
    ],
  } satisfies ByName<Mounting['type']>,
  transposition: {
    perez: [PEREZ],
    perez_sam: [PEREZ, SAM],
    hay_davies: [
      'Hay, J. E., Davies, J. A. (1980). Calculation of the solar radiation incident on an inclined surface. Proc. First Canadian Solar Radiation Data Workshop, 59-72.',
    ],
    isotropic: [
      'Liu, B. Y. H., Jordan, R. C. (1963). The long-term average performance of flat-plate solar-energy collectors. Solar Energy 7(2), 53-74. doi:10.1016/0038-092X(63)90006-9',
    ],
  } satisfies ByName<Transposition>,
  rows: {
    linear: [SHADED_FRACTION, INFINITE_SHEDS, DIFFUSE_SHADE],
    electrical: [SHADED_FRACTION, INFINITE_SHEDS, DIFFUSE_SHADE],
    martinez: [
      SHADED_FRACTION,
      INFINITE_SHEDS,
      DIFFUSE_SHADE,
      'Martinez-Moreno, F., Munoz, J., Lorenzo, E. (2010). Experimental model to estimate shading losses on PV arrays. Solar Energy Materials and Solar Cells 94(12), 2298-2303. doi:10.1016/j.solmat.2010.07.029',
    ],
    fixed_fraction: { noPaper: 'a stated share of the beam' },
  } satisfies ByName<RowShading['model']>,
  bifacial: { infinite_sheds: [INFINITE_SHEDS] },
  soiling: {
    monthly: { noPaper: 'stated losses of the months' },
    kimber: [
      'Kimber, A. et al. (2006). The effect of soiling on large grid-connected photovoltaic systems in California and the Southwest region of the United States. 4th WCPEC. doi:10.1109/WCPEC.2006.279690',
    ],
  } satisfies ByName<SoilingChoice['type']>,
  iam: {
    physical: [DE_SOTO],
    ashrae: [
      MARION,
      'Souka, A. F., Safwat, H. H. (1966). Determination of the optimum orientations for the double-exposure flat-plate collector. Solar Energy 10(4), 170-174. doi:10.1016/0038-092X(66)90004-1',
    ],
    martin_ruiz: [
      MARION,
      'Martin, N., Ruiz, J. M. (2001). Calculation of the PV modules angular losses under field conditions. Solar Energy Materials and Solar Cells 70(1), 25-38. doi:10.1016/S0927-0248(00)00408-6',
    ],
    points: [MARION],
    sam: [SAM, DE_SOTO],
    none: { noPaper: 'no reflection' },
  } satisfies ByName<IamChoice['type']>,
  spectral: {
    none: { noPaper: 'no correction' },
    de_soto: [DE_SOTO],
    first_solar: [
      'Lee, M., Panchula, A. (2016). Spectral correction for photovoltaic module performance based on air mass and precipitable water. 43rd IEEE PVSC. doi:10.1109/PVSC.2016.7749836',
    ],
  } satisfies ByName<SpectralChoice['type']>,
  temperature: {
    sapm: [KING_2004],
    faiman: [
      'Faiman, D. (2008). Assessing the outdoor operating temperature of photovoltaic modules. Progress in Photovoltaics 16(4), 307-315. doi:10.1002/pip.813',
    ],
    pvsyst: ['PVsyst SA. PVsyst 7 help, Array thermal losses.'],
    noct_sam: [SAM],
    fuentes: [
      'Fuentes, M. K. (1987). A Simplified Thermal Model for Flat-Plate Photovoltaic Arrays. SAND85-0330.',
      PVWATTS,
    ],
  } satisfies ByName<TemperatureChoice['type']>,
  construction: {
    open_rack_glass_glass: [KING_2004],
    close_mount_glass_glass: [KING_2004],
    open_rack_glass_polymer: [KING_2004],
    insulated_back_glass_polymer: [KING_2004],
  } satisfies ByName<keyof typeof SAPM_THERMAL>,
  preset: { pvwatts_v8: [SAM] },
  module: {
    pvwatts: [PVWATTS],
    library: AS_GIVEN,
    cec: [
      'Dobos, A. P. (2012). An improved coefficient calculator for the California Energy Commission 6 parameter photovoltaic module model. Journal of Solar Energy Engineering 134(2). doi:10.1115/1.4005759',
      DE_SOTO,
    ],
    pvsyst: [
      'Mermoud, A., Lejeune, T. (2010). Performance assessment of a simulation model for PV modules of any available technology. 25th EU PVSEC. doi:10.4229/25thEUPVSEC2010-4BV.1.114',
    ],
  } satisfies ByName<ModuleChoice['type'] | 'library'>,
  snow: {
    townsend: [
      'Townsend, T., Powers, L. (2011). Photovoltaics and snow: an update from two winters of measurements in the Sierra. 37th IEEE PVSC. doi:10.1109/PVSC.2011.6186627',
    ],
    marion: [
      'Marion, B. et al. (2013). Measured and modeled photovoltaic system energy losses from snow for Colorado and Wisconsin locations. Solar Energy 97, 112-121. doi:10.1016/j.solener.2013.07.029',
      SAM,
    ],
  } satisfies ByName<SnowChoice['type']>,
  losses: { pvwatts: [PVWATTS], wiring: [OHMIC], transformer: [TRANSFORMER] },
  subarray_mpp: {
    own: [
      'Hansen, C., Johnson, J., Darbali-Zamora, R., Gurule, N. (2022). Modeling efficiency of inverters with multiple inputs. 49th IEEE PVSC. doi:10.1109/PVSC48317.2022.9938490',
    ],
    shared: { noPaper: 'strings in parallel: the largest sum of their powers at one voltage' },
  } satisfies ByName<NonNullable<SolarSystem['subarrayMpp']>>,
  inverter: {
    pvwatts: [PVWATTS],
    library: AS_GIVEN,
    sandia: [
      'King, D. L. et al. (2007). Performance Model for Grid-Connected Photovoltaic Inverters. SAND2007-5036. doi:10.2172/920449',
    ],
    linear: [SAM],
    curve: { noPaper: 'measured efficiencies' },
  } satisfies ByName<InverterChoice['type'] | 'library'>,
  uncertainty: {
    components: [
      'Thevenard, D., Pelland, S. (2013). Estimating the uncertainty in long-term photovoltaic yield predictions. Solar Energy 91, 432-445. doi:10.1016/j.solener.2011.05.006',
    ],
  },
} as const satisfies References;
