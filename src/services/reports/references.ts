/** The papers behind the models of a job, by the models' names in its input. */
import type { SolarJob, WindJob } from './report-job.ts';

const PAPERS = {
  spa: 'Reda, I., Andreas, A. (2003). Solar Position Algorithm for Solar Radiation Applications. NREL/TP-560-34302. doi:10.2172/15003974',
  perez:
    'Perez, R. et al. (1990). Modeling daylight availability and irradiance components from direct and global irradiance. Solar Energy 44(5), 271-289. doi:10.1016/0038-092X(90)90055-H',
  hay_davies:
    'Hay, J. E., Davies, J. A. (1980). Calculation of the solar radiation incident on an inclined surface. Proc. First Canadian Solar Radiation Data Workshop, 59-72.',
  isotropic:
    'Liu, B. Y. H., Jordan, R. C. (1963). The long-term average performance of flat-plate solar-energy collectors. Solar Energy 7(2), 53-74. doi:10.1016/0038-092X(63)90006-9',
  erbs: 'Erbs, D. G., Klein, S. A., Duffie, J. A. (1982). Estimation of the diffuse radiation fraction. Solar Energy 28(4), 293-302. doi:10.1016/0038-092X(82)90302-4',
  disc: 'Maxwell, E. L. (1987). A quasi-physical model for converting hourly global horizontal to direct normal insolation. SERI/TR-215-3087.',
  dirint:
    'Perez, R. et al. (1992). Dynamic global-to-direct irradiance conversion models. ASHRAE Transactions 98(1), 354-369.',
  physical:
    'De Soto, W., Klein, S. A., Beckman, W. A. (2006). Improvement and validation of a model for photovoltaic array performance. Solar Energy 80(1), 78-88. doi:10.1016/j.solener.2005.06.010',
  ashrae:
    'Souka, A. F., Safwat, H. H. (1966). Determination of the optimum orientations for the double-exposure flat-plate collector. Solar Energy 10(4), 170-174. doi:10.1016/0038-092X(66)90004-1',
  martin_ruiz:
    'Martin, N., Ruiz, J. M. (2001). Calculation of the PV modules angular losses under field conditions. Solar Energy Materials and Solar Cells 70(1), 25-38. doi:10.1016/S0927-0248(00)00408-6',
  sapm: 'King, D. L., Boyson, W. E., Kratochvil, J. A. (2004). Photovoltaic Array Performance Model. SAND2004-3535. doi:10.2172/919131',
  faiman:
    'Faiman, D. (2008). Assessing the outdoor operating temperature of photovoltaic modules. Progress in Photovoltaics 16(4), 307-315. doi:10.1002/pip.813',
  pvsyst:
    'Mermoud, A., Lejeune, T. (2010). Performance assessment of a simulation model for PV modules. 25th EU PVSEC. doi:10.4229/25thEUPVSEC2010-4BV.1.114',
  pvwatts: 'Dobos, A. P. (2014). PVWatts Version 5 Manual. NREL/TP-6A20-62641. doi:10.2172/1158421',
  cec: 'Dobos, A. P. (2012). An improved coefficient calculator for the California Energy Commission 6 parameter photovoltaic module model. Journal of Solar Energy Engineering 134(2). doi:10.1115/1.4005759',
  sandia:
    'King, D. L. et al. (2007). Performance Model for Grid-Connected Photovoltaic Inverters. SAND2007-5036. doi:10.2172/920449',
  tracking:
    'Lorenzo, E., Narvarte, L., Munoz, J. (2011). Tracking and back-tracking. Progress in Photovoltaics 19(6), 747-753. doi:10.1002/pip.1085',
  bifacial:
    'Mikofski, M. A. et al. (2019). Bifacial performance modeling in large arrays. 46th IEEE PVSC. doi:10.1109/PVSC40753.2019.8980572',
  first_solar:
    'Lee, M., Panchula, A. (2016). Spectral correction for photovoltaic module performance based on air mass and precipitable water. 43rd IEEE PVSC. doi:10.1109/PVSC.2016.7749836',
  kimber:
    'Kimber, A. et al. (2006). The effect of soiling on large grid-connected photovoltaic systems in California and the Southwest region of the United States. 4th WCPEC. doi:10.1109/WCPEC.2006.279690',
  townsend:
    'Townsend, T., Powers, L. (2011). Photovoltaics and snow: an update from two winters of measurements in the Sierra. 37th IEEE PVSC. doi:10.1109/PVSC.2011.6186627',
  marion:
    'Marion, B. et al. (2013). Measured and modeled photovoltaic system energy losses from snow for Colorado and Wisconsin locations. Solar Energy 97, 112-121. doi:10.1016/j.solener.2013.07.029',
  solar_uncertainty:
    'Thevenard, D., Pelland, S. (2013). Estimating the uncertainty in long-term photovoltaic yield predictions. Solar Energy 91, 432-445. doi:10.1016/j.solener.2011.05.006',
  nsga2:
    'Deb, K. et al. (2002). A fast and elitist multiobjective genetic algorithm: NSGA-II. IEEE Transactions on Evolutionary Computation 6(2), 182-197. doi:10.1109/4235.996017',
  bayesian:
    'Jones, D. R., Schonlau, M., Welch, W. J. (1998). Efficient global optimization of expensive black-box functions. Journal of Global Optimization 13, 455-492. doi:10.1023/A:1008306431147',
  finance:
    'Short, W., Packey, D. J., Holt, T. (1995). A Manual for the Economic Evaluation of Energy Efficiency and Renewable Energy Technologies. NREL/TP-462-5173. doi:10.2172/35391',
  noj: 'Jensen, N. O. (1983). A note on wind generator interaction. Risoe-M-2411.',
  bastankhah:
    'Bastankhah, M., Porte-Agel, F. (2014). A new analytical model for wind-turbine wakes. Renewable Energy 70, 116-123. doi:10.1016/j.renene.2014.01.002',
  niayifar:
    'Niayifar, A., Porte-Agel, F. (2016). Analytical modeling of wind farms: a new approach for power prediction. Energies 9(9), 741. doi:10.3390/en9090741',
  turbopark:
    'Pedersen, J. G. et al. (2022). Turbulence optimized park model with Gaussian wake profile. Journal of Physics: Conference Series 2265, 022063. doi:10.1088/1742-6596/2265/2/022063',
  iea37:
    'Baker, N. F. et al. (2019). Best practices for wake model and optimization algorithm selection in wind farm layout optimization. AIAA SciTech. doi:10.2514/6.2019-0540',
  floris:
    'Bastankhah, M., Porte-Agel, F. (2016). Experimental and theoretical study of wind turbine wakes in yawed conditions. Journal of Fluid Mechanics 806, 506-541. doi:10.1017/jfm.2016.595',
  floris_gch:
    'King, J. et al. (2021). Control-oriented model for secondary effects of wake steering. Wind Energy Science 6, 701-714. doi:10.5194/wes-6-701-2021',
  crespo_hernandez:
    'Crespo, A., Hernandez, J. (1996). Turbulence characteristics in wind-turbine wakes. Journal of Wind Engineering and Industrial Aerodynamics 61(1), 71-85. doi:10.1016/0167-6105(95)00033-X',
  weibull:
    'Seguro, J. V., Lambert, T. W. (2000). Modern estimation of the parameters of the Weibull wind speed distribution for wind energy analysis. Journal of Wind Engineering and Industrial Aerodynamics 85(1), 75-84. doi:10.1016/S0167-6105(99)00122-1',
  mcp: 'Rogers, A. L., Rogers, J. W., Manwell, J. F. (2005). Comparison of the performance of four measure-correlate-predict algorithms. Journal of Wind Engineering and Industrial Aerodynamics 93(3), 243-264. doi:10.1016/j.jweia.2004.09.002',
  density:
    'IEC 61400-12-1 (2022). Wind energy generation systems. Power performance measurements of electricity producing wind turbines.',
  wind_energy:
    'Manwell, J. F., McGowan, J. G., Rogers, A. L. (2009). Wind Energy Explained, 2nd ed. Wiley. doi:10.1002/9781119994367',
} as const;
type Paper = keyof typeof PAPERS;

const known = (name: string): Paper[] => (name in PAPERS ? [name as Paper] : []);

export function solarReferences({ system: { system }, job, design }: SolarJob, hasEconomics: boolean): string[] {
  const { decomposition = 'weather' } = job.input as { decomposition?: string };
  const { mounting, bifacial, soiling, snow, iam, spectral, temperature, module, inverter, transposition } = system;
  const papers: Paper[] = [
    'spa',
    ...known(decomposition),
    ...known(transposition),
    ...(iam.type === 'physical' || iam.type === 'ashrae' || iam.type === 'martin_ruiz' ? [iam.type] : []),
    ...known(spectral.type === 'de_soto' ? 'physical' : spectral.type),
    ...known(temperature.type),
    ...known(module.type),
    ...known(inverter.type),
    ...(mounting.type === 'one_axis' ? (['tracking'] as const) : []),
    ...(bifacial ? (['bifacial'] as const) : []),
    ...(soiling ? known(soiling.type) : []),
    ...(snow ? known(snow.type) : []),
    'solar_uncertainty',
    ...(design ? known(design.method) : []),
    ...(hasEconomics ? (['finance'] as const) : []),
  ];
  return [...new Set(papers)].map((name) => PAPERS[name]);
}

export function windReferences({ body, climate, job }: WindJob, hasEconomics: boolean): string[] {
  const { model, turbulence } = body.wake;
  const papers: Paper[] = [
    'wind_energy',
    'weibull',
    'density',
    ...(climate.longTerm ? (['mcp'] as const) : []),
    ...(['noj', 'bastankhah', 'niayifar', 'turbopark', 'iea37', 'floris'] as const).filter((name) =>
      model.startsWith(name),
    ),
    ...(model === 'floris_gch' ? (['floris_gch'] as const) : []),
    ...(turbulence === 'crespo_hernandez' || model.includes('crespo') ? (['crespo_hernandez'] as const) : []),
    ...(job.kind === 'wind-optimize' && 'method' in body ? known(body.method) : []),
    ...(hasEconomics ? (['finance'] as const) : []),
  ];
  return [...new Set(papers)].map((name) => PAPERS[name]);
}
