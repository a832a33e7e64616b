/** Warnings about wind farms: turbines, wind at the site, layouts, searches, losses and money. */
import type { WarningCodes } from '../common/warnings.ts';

export const FARM_WARNINGS = {
  'wind.power_above_betz': {
    severity: 'severe',
    title: { en: 'The curve gives more than the wind has', de: 'Die Kennlinie gibt mehr her als der Wind' },
    message: {
      en: "{turbine} takes {cp_pct} % of the wind's power at {speed_m_s} m/s; at most 59.3 % can be taken.",
      de: '{turbine} entnimmt dem Wind bei {speed_m_s} m/s {cp_pct} % der Leistung; höchstens 59,3 % sind möglich.',
    },
  },
  'wind.power_coefficient_low': {
    severity: 'caution',
    title: { en: 'The curve takes little of the wind', de: 'Die Kennlinie entnimmt dem Wind wenig' },
    message: {
      en: "{turbine} takes at most {cp_pct} % of the wind's power; turbines of today take 40 to 50 %.",
      de: '{turbine} entnimmt dem Wind höchstens {cp_pct} % der Leistung; heutige Anlagen entnehmen 40 bis 50 %.',
    },
  },
  'wind.cut_out_late': {
    severity: 'caution',
    title: { en: 'The turbine runs in storms', de: 'Die Anlage läuft im Sturm' },
    message: {
      en: '{turbine} still gives power at {speed_m_s} m/s; most turbines stop at 25 m/s, some at 34.',
      de: '{turbine} gibt bei {speed_m_s} m/s noch Leistung ab; die meisten Anlagen stoppen bei 25 m/s, manche bei 34.',
    },
  },
  'wind.cut_out_early': {
    severity: 'caution',
    title: { en: 'The turbine stops early', de: 'Die Anlage stoppt früh' },
    message: {
      en: '{turbine} gives no power above {speed_m_s} m/s; most turbines run to 25 m/s.',
      de: '{turbine} gibt über {speed_m_s} m/s keine Leistung ab; die meisten Anlagen laufen bis 25 m/s.',
    },
  },
  'wind.curve_coarse': {
    severity: 'caution',
    title: { en: 'The curve has few rows', de: 'Die Kennlinie hat wenige Zeilen' },
    message: {
      en: '{turbine} has no row between {lower_m_s} and {upper_m_s} m/s, where its power changes by {power_kw} kW; the power between is taken as linear.',
      de: '{turbine} hat zwischen {lower_m_s} und {upper_m_s} m/s keine Zeile, und die Leistung ändert sich dort um {power_kw} kW; dazwischen gilt sie als linear.',
    },
  },
  'wind.ground_clearance': {
    severity: 'caution',
    title: { en: 'The rotor is near the ground', de: 'Der Rotor ist nah am Boden' },
    message: {
      en: 'The blades of {turbine} come to {clearance_m} m above ground.',
      de: 'Die Blätter von {turbine} kommen dem Boden auf {clearance_m} m nahe.',
    },
  },
  'wind.hub_height_unusual': {
    severity: 'caution',
    title: { en: 'The hub is unusually high', de: 'Die Nabe ist ungewöhnlich hoch' },
    message: {
      en: 'The hub of {turbine} is {hub_height_m} m high with a rotor of {rotor_diameter_m} m.',
      de: 'Die Nabe von {turbine} ist {hub_height_m} m hoch, ihr Rotor misst {rotor_diameter_m} m.',
    },
  },
  'wind.rated_power_mismatch': {
    severity: 'caution',
    title: { en: 'Rated power and curve differ', de: 'Nennleistung und Kennlinie passen nicht zusammen' },
    message: {
      en: '{turbine} is rated at {rated_kw} kW and its curve reaches {curve_kw} kW.',
      de: '{turbine} hat {rated_kw} kW Nennleistung, ihre Kennlinie erreicht {curve_kw} kW.',
    },
  },
  'wind.thrust_below_power': {
    severity: 'severe',
    title: { en: 'The thrust is too small for the power', de: 'Der Schub ist zu klein für die Leistung' },
    message: {
      en: "{turbine} takes {cp_pct} % of the wind's power at {speed_m_s} m/s with a thrust coefficient of {ct}; it must be larger than the power coefficient.",
      de: '{turbine} entnimmt dem Wind bei {speed_m_s} m/s {cp_pct} % der Leistung mit einem Schubbeiwert von {ct}; er muss größer sein als der Leistungsbeiwert.',
    },
  },
  'wind.thrust_high': {
    severity: 'caution',
    title: { en: 'The thrust is unusually high', de: 'Der Schub ist ungewöhnlich hoch' },
    message: {
      en: '{turbine} has a thrust coefficient of {ct} at {speed_m_s} m/s.',
      de: '{turbine} hat bei {speed_m_s} m/s einen Schubbeiwert von {ct}.',
    },
  },
  'wind.curve_dips': {
    severity: 'caution',
    title: { en: 'The curve falls and rises again', de: 'Die Kennlinie fällt und steigt wieder' },
    message: {
      en: 'The power of {turbine} falls to {power_kw} kW at {speed_m_s} m/s and rises again.',
      de: 'Die Leistung von {turbine} fällt bei {speed_m_s} m/s auf {power_kw} kW und steigt wieder.',
    },
  },
  'wind.power_without_wind': {
    severity: 'severe',
    title: { en: 'The turbine gives power without wind', de: 'Die Anlage gibt ohne Wind Leistung ab' },
    message: {
      en: '{turbine} gives {power_kw} kW at {speed_m_s} m/s.',
      de: '{turbine} gibt bei {speed_m_s} m/s {power_kw} kW ab.',
    },
  },
  'wind.own_consumption_high': {
    severity: 'caution',
    title: { en: 'The own consumption is high', de: 'Der Eigenverbrauch ist hoch' },
    message: {
      en: '{turbine} consumes {power_kw} kW at {speed_m_s} m/s, {share_pct} % of its rated power.',
      de: '{turbine} verbraucht bei {speed_m_s} m/s {power_kw} kW, das sind {share_pct} % der Nennleistung.',
    },
  },
  'wind.density_correction_large': {
    severity: 'caution',
    title: {
      en: 'The curve is corrected to a very different air',
      de: 'Die Kennlinie wird auf eine ganz andere Luft umgerechnet',
    },
    message: {
      en: 'The curve of {turbine} holds for {curve_kg_m3} kg/m3 and is corrected to {site_kg_m3} kg/m3.',
      de: 'Die Kennlinie von {turbine} gilt für {curve_kg_m3} kg/m3 und wird auf {site_kg_m3} kg/m3 umgerechnet.',
    },
  },
  'wind.air_density_unusual': {
    severity: 'caution',
    title: { en: 'The air density is unusual', de: 'Die Luftdichte ist ungewöhnlich' },
    message: {
      en: 'The air density at the hub of {turbine} is {site_kg_m3} kg/m3; 0.75 to 1.35 are usual.',
      de: 'Die Luftdichte an der Nabe von {turbine} ist {site_kg_m3} kg/m3; üblich sind 0,75 bis 1,35.',
    },
  },
  'wind.density_elevation': {
    severity: 'caution',
    title: {
      en: 'The air density does not fit the elevation',
      de: 'Die Luftdichte passt nicht zur Höhe des Standorts',
    },
    message: {
      en: 'The curves are used at {used_kg_m3} kg/m3, and the air at {elevation_m} m has about {expected_kg_m3} kg/m3.',
      de: 'Die Kennlinien werden bei {used_kg_m3} kg/m3 verwendet, die Luft auf {elevation_m} m hat etwa {expected_kg_m3} kg/m3.',
    },
  },
  'wind.pressure_elevation': {
    severity: 'caution',
    title: { en: 'The pressure does not fit the elevation', de: 'Der Druck passt nicht zur Höhe' },
    message: {
      en: 'The mean pressure is {pressure_pa} Pa at {elevation_m} m; the standard atmosphere has {expected_pa} Pa.',
      de: 'Der mittlere Druck ist {pressure_pa} Pa auf {elevation_m} m; die Normatmosphäre hat {expected_pa} Pa.',
    },
  },
  'wind.temperature_unusual': {
    severity: 'caution',
    title: { en: 'The mean temperature is unusual', de: 'Die mittlere Temperatur ist ungewöhnlich' },
    message: {
      en: 'The mean temperature is {temp_air_c} degC; -25 to 32 occur.',
      de: 'Die mittlere Temperatur ist {temp_air_c} °C; es kommen -25 bis 32 vor.',
    },
  },
  'wind.mean_speed_implausible': {
    severity: 'severe',
    title: { en: 'The mean wind speed does not occur', de: 'Die mittlere Windgeschwindigkeit kommt nicht vor' },
    message: {
      en: 'The mean wind speed at the hubs is {mean_m_s} m/s; 2.5 to 14 occur.',
      de: 'Die mittlere Windgeschwindigkeit an den Naben ist {mean_m_s} m/s; es kommen 2,5 bis 14 vor.',
    },
  },
  'wind.above_turbine_class': {
    severity: 'caution',
    title: { en: 'The wind exceeds the strongest turbine class', de: 'Der Wind übersteigt die stärkste Anlagenklasse' },
    message: {
      en: 'The mean wind speed at the hubs is {mean_m_s} m/s; class I of IEC 61400-1 ends at 10.',
      de: 'Die mittlere Windgeschwindigkeit an den Naben ist {mean_m_s} m/s; Klasse I der IEC 61400-1 endet bei 10.',
    },
  },
  'wind.class_exceeded': {
    severity: 'caution',
    title: { en: "The wind exceeds a turbine's class", de: 'Der Wind übersteigt die Klasse einer Anlage' },
    message: {
      en: '{quantity}: {value_m_s} m/s. Class {iec_class} of IEC 61400-1 covers {limit_m_s}.',
      de: '{quantity}: {value_m_s} m/s. Klasse {iec_class} der IEC 61400-1 reicht bis {limit_m_s}.',
    },
    words: {
      mean: { en: 'Mean wind speed at the hubs', de: 'Mittlere Windgeschwindigkeit an den Naben' },
      extreme_50_year: {
        en: '50-year wind at the height of the measurement',
        de: '50-Jahres-Wind in der Höhe der Messung',
      },
      std_at_15: { en: 'Standard deviation at 15 m/s', de: 'Standardabweichung bei 15 m/s' },
    },
  },
  'wind.mean_speed_low': {
    severity: 'caution',
    title: { en: 'The wind is weak', de: 'Der Wind ist schwach' },
    message: {
      en: 'The mean wind speed at the hubs is {mean_m_s} m/s; farms are built from about 5.',
      de: 'Die mittlere Windgeschwindigkeit an den Naben ist {mean_m_s} m/s; gebaut wird ab etwa 5.',
    },
  },
  'wind.weibull_shape_unusual': {
    severity: 'caution',
    title: { en: 'A Weibull shape is unusual', de: 'Ein Weibull-Formfaktor ist ungewöhnlich' },
    message: {
      en: 'The sector at {direction_deg} deg has k = {shape}; 1.2 to 4 are usual.',
      de: 'Der Sektor bei {direction_deg}° hat k = {shape}; üblich sind 1,2 bis 4.',
    },
  },
  'wind.shear_unusual': {
    severity: 'caution',
    title: { en: 'The shear is unusual', de: 'Die Windscherung ist ungewöhnlich' },
    message: {
      en: 'The shear has {name} = {value}; usual values are {lower} to {upper}.',
      de: 'Die Windscherung hat {name} = {value}; üblich sind {lower} bis {upper}.',
    },
  },
  'wind.height_extrapolated': {
    severity: 'caution',
    title: { en: 'The wind is carried over a large height', de: 'Der Wind wird über eine große Höhe umgerechnet' },
    message: {
      en: 'Wind speeds at {height_m} m are carried to the hub at {hub_height_m} m.',
      de: 'Windgeschwindigkeiten in {height_m} m werden auf die Nabe in {hub_height_m} m umgerechnet.',
    },
  },
  'wind.turbulence_unusual': {
    severity: 'caution',
    title: { en: 'The turbulence is unusual', de: 'Die Turbulenz ist ungewöhnlich' },
    message: {
      en: 'The turbulence intensity is {turbulence_intensity}; 0.03 to 0.3 are usual.',
      de: 'Die Turbulenzintensität ist {turbulence_intensity}; üblich sind 0,03 bis 0,3.',
    },
  },
  'wind.one_direction': {
    severity: 'caution',
    title: { en: 'Nearly all wind comes from one sector', de: 'Fast aller Wind kommt aus einem Sektor' },
    message: {
      en: '{share_pct} % of the time the wind comes from the sector at {direction_deg} deg.',
      de: 'Zu {share_pct} % der Zeit weht der Wind aus dem Sektor bei {direction_deg}°.',
    },
  },
  'wind.series_short': {
    severity: 'caution',
    title: { en: 'The series is shorter than a year', de: 'Die Zeitreihe ist kürzer als ein Jahr' },
    message: {
      en: 'The series has {days} days; the yield of a year is computed from them.',
      de: 'Die Zeitreihe hat {days} Tage; daraus wird der Ertrag eines Jahres gerechnet.',
    },
  },
  'wind.series_step_long': {
    severity: 'caution',
    title: { en: 'The series has long steps', de: 'Die Zeitreihe hat lange Schritte' },
    message: {
      en: 'Each value is the mean of {step_minutes} minutes. Power grows with the cube of the wind speed, so that means of many hours misstate it.',
      de: 'Jeder Wert ist das Mittel von {step_minutes} Minuten. Die Leistung wächst mit der dritten Potenz der Windgeschwindigkeit; Mittel vieler Stunden geben sie falsch wieder.',
    },
  },
  'wind.humidity_as_share': {
    severity: 'caution',
    title: { en: 'The humidity is perhaps a share of 1', de: 'Die Feuchte ist vielleicht ein Anteil von 1' },
    message: {
      en: 'The relative humidity is {relative_humidity_pct} %; no place is so dry in the mean of a year.',
      de: 'Die relative Feuchte ist {relative_humidity_pct} %; so trocken ist im Jahresmittel kein Ort.',
    },
  },
  'wind.series_stuck': {
    severity: 'caution',
    title: { en: 'Values repeat', de: 'Werte wiederholen sich' },
    message: {
      en: '{share_pct} % of the {quantity} are the same value, {value}.',
      de: '{share_pct} % der Werte von {quantity} sind derselbe Wert, {value}.',
    },
  },
  'wind.table_coarse': {
    severity: 'caution',
    title: { en: 'The table has few wind speeds', de: 'Die Tabelle hat wenige Windgeschwindigkeiten' },
    message: {
      en: 'The table has {n_speeds} wind speeds; power curves need classes of 1 m/s or finer.',
      de: 'Die Tabelle hat {n_speeds} Windgeschwindigkeiten; Kennlinien brauchen Klassen von 1 m/s oder feiner.',
    },
  },
  'wind.storms_frequent': {
    severity: 'severe',
    title: { en: 'Storms are too frequent', de: 'Stürme sind zu häufig' },
    message: {
      en: '{share_pct} % of the time the wind is above 30 m/s.',
      de: 'Zu {share_pct} % der Zeit weht der Wind mit über 30 m/s.',
    },
  },
  'wind.speedup_large': {
    severity: 'caution',
    title: { en: 'A speed-up is large', de: 'Eine Überhöhung ist groß' },
    message: {
      en: 'Turbine {turbine} has a speed-up of {factor}; 0.5 to 2 occur.',
      de: 'Anlage {turbine} hat den Faktor {factor}; es kommen 0,5 bis 2 vor.',
    },
  },
  'wind.interannual_unusual': {
    severity: 'caution',
    title: { en: 'The variation between years is unusual', de: 'Die Schwankung zwischen Jahren ist ungewöhnlich' },
    message: {
      en: 'interannual_pct is {interannual_pct} %; 3 to 15 are usual.',
      de: 'interannual_pct ist {interannual_pct} %; üblich sind 3 bis 15.',
    },
  },
  'wind.frequencies_scaled': {
    severity: 'info',
    title: { en: 'Frequencies were scaled to a sum of 1', de: 'Häufigkeiten wurden auf die Summe 1 gebracht' },
    message: {
      en: 'The frequencies sum to {sum}; each was divided by it.',
      de: 'Die Häufigkeiten haben die Summe {sum}; jede wurde durch sie geteilt.',
    },
  },
  'wind.bins_cut_energy': {
    severity: 'caution',
    title: { en: 'The bins leave energy out', de: 'Die Klassen lassen Energie aus' },
    message: {
      en: 'The bins from {min_speed_m_s} to {max_speed_m_s} m/s in steps of {speed_step_m_s} m/s change the gross energy by {change_pct} %.',
      de: 'Die Klassen von {min_speed_m_s} bis {max_speed_m_s} m/s in Schritten von {speed_step_m_s} m/s ändern die Bruttoenergie um {change_pct} %.',
    },
  },
  'wind.speed_bins_coarse': {
    severity: 'caution',
    title: { en: 'The wind speed bins are wide', de: 'Die Klassen der Windgeschwindigkeit sind breit' },
    message: {
      en: 'Bins are {speed_step_m_s} m/s wide; power curves need 2 m/s or less.',
      de: 'Klassen sind {speed_step_m_s} m/s breit; Kennlinien brauchen 2 m/s oder weniger.',
    },
  },
  'wind.start_moved': {
    severity: 'info',
    title: {
      en: 'Turbines of the initial layout were moved inside',
      de: 'Anlagen des Anfangs wurden nach innen gerückt',
    },
    message: {
      en: 'Turbine {turbine} of the initial layout is {distance_m} m outside of the area; it was moved to its edge.',
      de: 'Anlage {turbine} des Anfangs steht {distance_m} m außerhalb der Fläche; sie wurde an deren Rand gerückt.',
    },
  },
  'wind.start_crowded': {
    severity: 'info',
    title: {
      en: 'Turbines of the initial layout stand too near to each other',
      de: 'Anlagen des Anfangs stehen zu nahe beieinander',
    },
    message: {
      en: 'Turbine {first} of start_layout and turbine {second} of {second_in} are {distance_m} m nearer than the minimum distance; they were moved apart, or stay so where there is no room.',
      de: 'Anlage {first} von start_layout und Anlage {second} von {second_in} stehen {distance_m} m näher als der Mindestabstand; sie wurden auseinandergerückt oder bleiben so, wo kein Platz ist.',
    },
  },
  'wind.directions_coarse': {
    severity: 'caution',
    title: { en: 'The analysis sees few directions', de: 'Die Analyse sieht wenige Richtungen' },
    message: {
      en: 'The wakes are computed for directions {direction_step_deg} deg apart; wakes are about 10 deg wide, and those between are not seen.',
      de: 'Die Nachläufe werden für Richtungen im Abstand von {direction_step_deg} Grad berechnet; Nachläufe sind etwa 10 Grad breit, und die dazwischen bleiben unsichtbar.',
    },
  },
  'wind.search_directions_coarse': {
    severity: 'caution',
    title: { en: 'The search sees few directions', de: 'Die Suche sieht wenige Richtungen' },
    message: {
      en: 'The search computes directions {direction_step_deg} deg apart; turbines can hide between them.',
      de: 'Die Suche rechnet Richtungen im Abstand von {direction_step_deg}°; Anlagen können sich dazwischen verstecken.',
    },
  },
  'wind.option_without_effect': {
    severity: 'info',
    title: { en: 'An option has no effect', de: 'Eine Angabe bleibt ohne Wirkung' },
    message: {
      en: '{option} has no effect: {reason}.',
      de: '{option} bleibt ohne Wirkung: {reason}.',
    },
    words: {
      table_has_speeds: { en: 'a table has its own wind speeds', de: 'eine Tabelle hat eigene Windgeschwindigkeiten' },
      directions_are_exact: {
        en: 'the directions of the table are exact',
        de: 'die Richtungen der Tabelle gelten genau',
      },
      limit_above_capacity: { en: 'the farm has less power', de: 'der Park hat weniger Leistung' },
      series_has_no_sectors: { en: 'a series has no sectors', de: 'eine Zeitreihe hat keine Sektoren' },
    },
  },
  'wind.directions_spread': {
    severity: 'info',
    title: { en: 'Sectors were spread over directions', de: 'Sektoren wurden auf Richtungen verteilt' },
    message: {
      en: 'The {n_sectors} directions of the table were taken as sectors and computed as {n_directions} directions.',
      de: 'Die {n_sectors} Richtungen der Tabelle gelten als Sektoren und wurden als {n_directions} Richtungen gerechnet.',
    },
  },
  'wind.spacing_small': {
    severity: 'caution',
    title: { en: 'Turbines are close together', de: 'Anlagen stehen dicht beieinander' },
    message: {
      en: 'Turbines {first} and {second} are {distance_m} m apart, {diameters} rotor diameters.',
      de: 'Die Anlagen {first} und {second} stehen {distance_m} m auseinander, das sind {diameters} Rotordurchmesser.',
    },
  },
  'wind.turbines_far_apart': {
    severity: 'severe',
    title: { en: 'A turbine is far from the others', de: 'Eine Anlage steht weit von den anderen' },
    message: {
      en: 'Turbine {turbine} is {distance_km} km from the middle of the farm.',
      de: 'Anlage {turbine} steht {distance_km} km von der Mitte des Parks.',
    },
  },
  'wind.power_density_high': {
    severity: 'caution',
    title: { en: 'The farm is very dense', de: 'Der Park ist sehr dicht' },
    message: {
      en: 'The farm has {mw_per_km2} MW/km2; 5 to 20 are usual.',
      de: 'Der Park hat {mw_per_km2} MW/km2; üblich sind 5 bis 20.',
    },
  },
  'wind.wake_loss_high': {
    severity: 'caution',
    title: { en: 'The wake loss is high', de: 'Der Abschattungsverlust ist hoch' },
    message: {
      en: 'Wakes take {wake_loss_pct} % of the energy; 5 to 20 are usual.',
      de: 'Nachläufe nehmen {wake_loss_pct} % der Energie; üblich sind 5 bis 20.',
    },
  },
  'wind.capacity_factor_unusual': {
    severity: 'caution',
    title: { en: 'The capacity factor is unusual', de: 'Der Kapazitätsfaktor ist ungewöhnlich' },
    message: {
      en: 'The capacity factor is {capacity_factor_pct} %; 5 to 65 are usual.',
      de: 'Der Kapazitätsfaktor ist {capacity_factor_pct} %; üblich sind 5 bis 65.',
    },
  },
  'wind.area_odd': {
    severity: 'caution',
    title: { en: 'The area has an unusual size', de: 'Die Fläche hat eine ungewöhnliche Größe' },
    message: {
      en: 'The boundary is {width_km} by {height_km} km.',
      de: 'Die Grenze misst {width_km} mal {height_km} km.',
    },
  },
  'wind.exclusion_without_effect': {
    severity: 'caution',
    title: { en: 'Exclusions do not touch the site', de: 'Ausschlussflächen berühren den Standort nicht' },
    message: {
      en: 'None of the {n_exclusions} exclusions touches the boundary.',
      de: 'Keine der {n_exclusions} Ausschlussflächen berührt die Grenze.',
    },
  },
  'wind.substation_far': {
    severity: 'caution',
    title: { en: 'A substation is far away', de: 'Ein Umspannwerk ist weit entfernt' },
    message: {
      en: 'Substation {substation} is {distance_km} km from the site.',
      de: 'Umspannwerk {substation} ist {distance_km} km vom Standort entfernt.',
    },
  },
  'wind.site_crowded': {
    severity: 'caution',
    title: { en: 'The site is nearly full', de: 'Der Standort ist fast voll' },
    message: {
      en: '{n_turbines} turbines at this distance fill {share_pct} % of what fits on the site.',
      de: '{n_turbines} Anlagen füllen bei diesem Abstand {share_pct} % dessen, was auf den Standort passt.',
    },
  },
  'wind.min_spacing_unusual': {
    severity: 'caution',
    title: { en: 'The minimum distance is unusual', de: 'Der Mindestabstand ist ungewöhnlich' },
    message: {
      en: 'min_spacing_diameters is {min_spacing_diameters}; 2 to 15 are usual.',
      de: 'min_spacing_diameters ist {min_spacing_diameters}; üblich sind 2 bis 15.',
    },
  },
  'wind.search_short': {
    severity: 'caution',
    title: { en: 'The search was short', de: 'Die Suche war kurz' },
    message: {
      en: 'Number of steps of the search: {n_iterations}. Its result is near its start.',
      de: 'Zahl der Schritte der Suche: {n_iterations}. Ihr Ergebnis liegt nahe am Anfang.',
    },
  },
  'wind.no_improvement': {
    severity: 'caution',
    title: {
      en: 'The search found nothing better than its start',
      de: 'Die Suche fand nichts Besseres als ihren Anfang',
    },
    message: {
      en: 'The search found no layout with more than its first one, which is the result.',
      de: 'Die Suche fand keinen Aufbau mit mehr als ihrem ersten; er ist das Ergebnis.',
    },
  },
  'wind.objective_ignores_energy': {
    severity: 'caution',
    title: { en: 'The objective ignores energy', de: 'Das Ziel lässt die Energie außer Acht' },
    message: {
      en: 'With objective cable_length turbines stand as close as they may.',
      de: 'Mit dem Ziel cable_length stehen Anlagen so dicht wie erlaubt.',
    },
  },
  'wind.objective_prefers_most': {
    severity: 'caution',
    title: { en: 'The objective prefers the largest number', de: 'Das Ziel bevorzugt die größte Anzahl' },
    message: {
      en: 'n_turbines has {n_numbers} numbers, and energy rises with each turbine: the largest one wins.',
      de: 'n_turbines hat {n_numbers} Anzahlen, und die Energie steigt mit jeder Anlage: die größte gewinnt.',
    },
  },
  'wind.wake_constant_unusual': {
    severity: 'caution',
    title: { en: 'A wake constant is unusual', de: 'Eine Konstante der Nachläufe ist ungewöhnlich' },
    message: {
      en: '{constant} is {value}; usual are {usual}.',
      de: '{constant} ist {value}; üblich sind {usual}.',
    },
  },
  'wind.curtailment_high': {
    severity: 'caution',
    title: { en: 'The rules take much energy', de: 'Die Regeln kosten viel Energie' },
    message: {
      en: 'Curtailment takes {loss_pct} % of the gross energy; 0 to 8 are usual.',
      de: 'Abschaltungen kosten {loss_pct} % der Bruttoenergie; üblich sind 0 bis 8.',
    },
  },
  'wind.rule_without_effect': {
    severity: 'caution',
    title: { en: 'A rule never acts', de: 'Eine Regel greift nie' },
    message: {
      en: 'The conditions of rule {rule} ({name}) never hold in this wind.',
      de: 'Die Bedingungen der Regel {rule} ({name}) treten in diesem Wind nie ein.',
    },
  },
  'wind.rules_only_in_final': {
    severity: 'caution',
    title: { en: 'The search does not see all rules', de: 'Die Suche kennt nicht alle Regeln' },
    message: {
      en: '{n_rules} rules need time steps: the search compares layouts without them, and the final analysis has them.',
      de: '{n_rules} Regeln brauchen Zeitschritte: Die Suche vergleicht Layouts ohne sie, die Endrechnung enthält sie.',
    },
  },
  'wind.rule_values_missing': {
    severity: 'caution',
    title: { en: 'Rules act without a measurement', de: 'Regeln greifen ohne Messwert' },
    message: {
      en: '{n_steps} steps have no temperature; there rules act as if it were in their range.',
      de: '{n_steps} Schritte haben keine Temperatur; dort greifen Regeln, als läge sie in ihrem Bereich.',
    },
  },
  'wind.mode_above_curve': {
    severity: 'caution',
    title: { en: 'A mode has more power than the turbine', de: 'Ein Modus leistet mehr als die Anlage' },
    message: {
      en: 'Mode {mode} has {mode_kw} kW at {wind_speed_m_s} m/s; turbine {turbine} has {power_kw} kW.',
      de: 'Modus {mode} hat bei {wind_speed_m_s} m/s {mode_kw} kW; Anlage {turbine} hat {power_kw} kW.',
    },
  },
  'wind.losses_high': {
    severity: 'caution',
    title: { en: 'The losses are high', de: 'Die Verluste sind hoch' },
    message: {
      en: 'Losses other than wakes take {loss_pct} % of the energy; 5 to 20 are usual.',
      de: 'Verluste ohne Nachläufe nehmen {loss_pct} % der Energie; üblich sind 5 bis 20.',
    },
  },
  'wind.losses_small': {
    severity: 'caution',
    title: {
      en: 'Losses are perhaps shares instead of percent',
      de: 'Verluste sind vielleicht Anteile statt Prozente',
    },
    message: {
      en: 'The losses of the request take {loss_pct} % together.',
      de: 'Die Verluste der Anfrage nehmen zusammen {loss_pct} %.',
    },
  },
  'wind.loss_counted_twice': {
    severity: 'caution',
    title: { en: 'A loss counts twice', de: 'Ein Verlust zählt doppelt' },
    message: {
      en: 'losses_pct.{loss} takes {loss_pct} %, and {field} computes the same loss.',
      de: 'losses_pct.{loss} nimmt {loss_pct} %, und {field} berechnet denselben Verlust.',
    },
  },
  'wind.uncertainty_high': {
    severity: 'caution',
    title: { en: 'The uncertainty is high', de: 'Die Unsicherheit ist hoch' },
    message: {
      en: 'The uncertainties of the request give {uncertainty_pct} % together; 5 to 15 are usual.',
      de: 'Die Unsicherheiten der Anfrage ergeben zusammen {uncertainty_pct} %; üblich sind 5 bis 15.',
    },
  },
  'wind.export_limit_share': {
    severity: 'caution',
    title: { en: 'The export limit takes much of the energy', de: 'Die Einspeisegrenze nimmt viel der Energie' },
    message: {
      en: 'The limit of {export_limit_kw} kW takes {limited_pct} % of the energy.',
      de: 'Die Grenze von {export_limit_kw} kW nimmt {limited_pct} % der Energie.',
    },
  },
  'wind.uncertainty_small': {
    severity: 'caution',
    title: {
      en: 'Uncertainties are perhaps shares instead of percent',
      de: 'Unsicherheiten sind vielleicht Anteile statt Prozente',
    },
    message: {
      en: 'The uncertainties of the request give {uncertainty_pct} % together.',
      de: 'Die Unsicherheiten der Anfrage ergeben zusammen {uncertainty_pct} %.',
    },
  },
} as const satisfies WarningCodes;
