/** Warnings about uploaded wind resources. */
import type { WarningCodes } from '../common/warnings.ts';

export const RESOURCE_WARNINGS = {
  'wind.records_left_out': {
    severity: 'info',
    title: { en: 'Records were left out', de: 'Messwerte wurden weggelassen' },
    message: {
      en: '{n_records} of {n_records_in_file} records of the wind resource were left out because they are missing or not plausible.',
      de: '{n_records} von {n_records_in_file} Werten der Windmessung wurden weggelassen, weil sie fehlen oder unplausibel sind.',
    },
  },
  'wind.values_excluded': {
    severity: 'info',
    title: { en: 'Values of a column cannot be', de: 'Unmögliche Werte einer Spalte' },
    message: {
      en: '{n_values} values of {column} are outside of what can be, such as {example}, and are not used.',
      de: '{n_values} Werte von {column} liegen außerhalb des Möglichen, zum Beispiel {example}, und werden nicht verwendet.',
    },
  },
  'wind.sensor_stuck': {
    severity: 'caution',
    title: { en: 'A sensor was stuck', de: 'Ein Sensor hing fest' },
    message: {
      en: '{n_records} records ({share_pct} %) repeat one wind speed longer than chance explains; the sensor was stuck, and they are not used.',
      de: '{n_records} Werte ({share_pct} %) wiederholen eine Windgeschwindigkeit so lange, dass der Sensor festhing; sie werden nicht verwendet.',
    },
  },
  'wind.sensor_iced': {
    severity: 'caution',
    title: { en: 'A sensor was iced', de: 'Ein Sensor war vereist' },
    message: {
      en: '{n_records} records ({share_pct} %) do not change near or below freezing; the sensor was iced, and they are not used.',
      de: '{n_records} Werte ({share_pct} %) ändern sich nahe oder unter dem Gefrierpunkt nicht; der Sensor war vereist, und sie werden nicht verwendet.',
    },
  },
  'wind.calm_long': {
    severity: 'caution',
    title: { en: 'The wind stood still for days', de: 'Tagelang kein Wind' },
    message: {
      en: 'The wind speed is exactly 0 for {hours} h in a row; a sensor that is stuck or iced measures this too.',
      de: 'Die Windgeschwindigkeit ist {hours} h lang genau 0; das misst auch ein Sensor, der festhängt oder vereist ist.',
    },
  },
  'wind.coverage_low': {
    severity: 'caution',
    title: { en: 'Many records are missing', de: 'Viele Messwerte fehlen' },
    message: {
      en: '{coverage_pct} % of the records of the period are usable; below 90 %, the wind of the gaps can change the mean.',
      de: '{coverage_pct} % der Werte des Zeitraums sind brauchbar; unter 90 % kann der Wind der Lücken den Mittelwert ändern.',
    },
  },
  'wind.measurement_short': {
    severity: 'severe',
    title: { en: 'The measurement lacks seasons', de: 'Der Messung fehlen Jahreszeiten' },
    message: {
      en: 'The measurement covers {n_months} of 12 months of the year; its mean is not that of a year.',
      de: 'Die Messung umfasst {n_months} von 12 Monaten des Jahres; ihr Mittel ist nicht das eines Jahres.',
    },
  },
  'wind.months_missing': {
    severity: 'caution',
    title: { en: 'Months of the year are missing', de: 'Monate des Jahres fehlen' },
    message: {
      en: 'The measurement covers {n_months} of 12 months of the year.',
      de: 'Die Messung umfasst {n_months} von 12 Monaten des Jahres.',
    },
  },
  'wind.seasons_uneven': {
    severity: 'caution',
    title: { en: 'Seasons count unevenly', de: 'Jahreszeiten zählen ungleich' },
    message: {
      en: 'The mean wind speed of all records is {mean_m_s} m/s, that of twelve equal months {monthly_mean_m_s} m/s, because some months occur more often.',
      de: 'Das Mittel aller Werte ist {mean_m_s} m/s, das zwölf gleicher Monate {monthly_mean_m_s} m/s, weil manche Monate öfter vorkommen.',
    },
  },
  'wind.years_not_whole': {
    severity: 'info',
    title: { en: 'The measurement does not cover whole years', de: 'Die Messung umfasst keine ganzen Jahre' },
    message: {
      en: 'The measurement covers {n_years} years, so some months occur more often than others.',
      de: 'Die Messung umfasst {n_years} Jahre; manche Monate kommen daher öfter vor als andere.',
    },
  },
  'wind.gap_long': {
    severity: 'info',
    title: { en: 'A long gap in the measurement', de: 'Eine lange Lücke in der Messung' },
    message: {
      en: 'The longest gap of the measurement lasts {n_days} days, so the season in which it lies counts less than others.',
      de: 'Die längste Lücke der Messung dauert {n_days} Tage; ihre Jahreszeit zählt daher weniger als andere.',
    },
  },
  'wind.file_histogram_incomplete': {
    severity: 'severe',
    title: { en: 'A sector lacks speeds', de: 'Einem Sektor fehlen Geschwindigkeiten' },
    message: {
      en: 'The shares of sector {sector} sum to {sum}; expected 1, 100 or 1000. Lines of the file are missing, or it is cut off.',
      de: 'Die Anteile des Sektors {sector} ergeben {sum} statt 1, 100 oder 1000. Der Datei fehlen Zeilen, oder sie ist abgeschnitten.',
    },
  },
  'wind.file_bins_uneven': {
    severity: 'caution',
    title: {
      en: 'A speed bin is wider than the others',
      de: 'Eine Geschwindigkeitsklasse ist breiter als die anderen',
    },
    message: {
      en: 'The speed bin that ends at {upper_m_s} m/s is {width_m_s} m/s wide, the others {usual_m_s} m/s. A line of the file may be missing.',
      de: 'Die Geschwindigkeitsklasse bis {upper_m_s} m/s ist {width_m_s} m/s breit, die anderen {usual_m_s} m/s. Der Datei fehlt vielleicht eine Zeile.',
    },
  },
  'wind.speed_unit_doubtful': {
    severity: 'severe',
    title: { en: 'The unit of the wind speed is doubtful', de: 'Die Einheit der Windgeschwindigkeit ist fraglich' },
    message: {
      en: 'The mean wind speed is {mean_m_s} m/s; no site has more than 15 m/s. The file may have km/h, knots or mph.',
      de: 'Die mittlere Windgeschwindigkeit ist {mean_m_s} m/s; kein Standort hat mehr als 15 m/s. Die Datei hat vielleicht km/h, Knoten oder mph.',
    },
  },
  'wind.direction_unit_doubtful': {
    severity: 'severe',
    title: { en: 'The wind directions are doubtful', de: 'Die Windrichtungen sind fraglich' },
    message: {
      en: 'All wind directions are between 0 and {max_deg} deg; the file may have radians, or sectors by number.',
      de: 'Alle Windrichtungen liegen zwischen 0 und {max_deg} Grad; die Datei hat vielleicht Radiant oder Nummern von Sektoren.',
    },
  },
  'wind.measured_shear_unusual': {
    severity: 'caution',
    title: { en: 'The measured shear is unusual', de: 'Die gemessene Windscherung ist ungewöhnlich' },
    message: {
      en: 'The shear exponent from {direction_deg} deg is {alpha}; -0.1 to 0.5 is usual. Sensors may be exchanged, shaded by the mast, or at other heights.',
      de: 'Der Scherungsexponent aus {direction_deg} Grad ist {alpha}; üblich ist -0,1 bis 0,5. Sensoren sind vielleicht vertauscht, vom Mast abgeschattet oder in anderer Höhe.',
    },
  },
  'wind.measured_turbulence_unusual': {
    severity: 'caution',
    title: { en: 'The measured turbulence is unusual', de: 'Die gemessene Turbulenz ist ungewöhnlich' },
    message: {
      en: 'The mean turbulence intensity is {turbulence_intensity}; 0.03 to 0.3 is usual. The column may not be a standard deviation.',
      de: 'Die mittlere Turbulenzintensität ist {turbulence_intensity}; üblich ist 0,03 bis 0,3. Die Spalte ist vielleicht keine Standardabweichung.',
    },
  },
  'wind.weibull_fit_poor': {
    severity: 'caution',
    title: { en: 'No Weibull distribution fits', de: 'Keine Weibull-Verteilung passt' },
    message: {
      en: 'The measured mean is {mean_m_s} m/s, that of the fitted Weibull distribution {fitted_mean_m_s} m/s; use the series itself, not its A and k.',
      de: 'Das gemessene Mittel ist {mean_m_s} m/s, das der angepassten Weibull-Verteilung {fitted_mean_m_s} m/s; die Reihe selbst ist besser als ihr A und k.',
    },
  },
  'wind.file_frequencies_scaled': {
    severity: 'caution',
    title: { en: 'Frequencies of sectors were scaled', de: 'Häufigkeiten von Sektoren wurden skaliert' },
    message: {
      en: 'The frequencies of the sectors sum to {sum}, not to 1, 100 or 1,000; they were scaled.',
      de: 'Die Häufigkeiten der Sektoren ergeben {sum}, nicht 1, 100 oder 1.000; sie wurden skaliert.',
    },
  },
  'wind.grid_one_point': {
    severity: 'caution',
    title: { en: 'The grid has one point', de: 'Das Raster hat einen Punkt' },
    message: {
      en: 'The wind resource has one point; the wind is the same for all turbines, {cell_m} m around it.',
      de: 'Die Windressource hat einen Punkt; der Wind ist für alle Anlagen derselbe, {cell_m} m um ihn herum.',
    },
  },
  'wind.grid_incomplete': {
    severity: 'info',
    title: { en: 'Points of the grid are missing', de: 'Punkte des Rasters fehlen' },
    message: {
      en: '{n_missing} of {n_points} points of the grid are missing; no turbine can stand beside them.',
      de: '{n_missing} von {n_points} Punkten des Rasters fehlen; neben ihnen kann keine Anlage stehen.',
    },
  },
  'wind.land_flat': {
    severity: 'info',
    title: { en: 'The wind is that of flat land', de: 'Der Wind ist der von ebenem Land' },
    message: {
      en: 'A generalised wind climate is that of flat land of one roughness: hills, forest edges and obstacles around the turbines are not in it.',
      de: 'Ein verallgemeinertes Windklima gilt für ebenes Land einer Rauigkeit; Hügel, Waldränder und Hindernisse um die Anlagen sind nicht darin.',
    },
  },
  'wind.resource_far': {
    severity: 'severe',
    title: { en: 'The wind is that of another place', de: 'Der Wind ist der eines anderen Ortes' },
    message: {
      en: 'The place that the wind resource names is {distance_km} km from the turbines.',
      de: 'Der Ort, den die Windressource nennt, ist {distance_km} km von den Anlagen entfernt.',
    },
  },
  'wind.point_far': {
    severity: 'caution',
    title: {
      en: 'A turbine is not at its point of the wind resource',
      de: 'Eine Anlage steht nicht an ihrem Punkt der Windressource',
    },
    message: {
      en: 'Turbine {turbine} is {distance_m} m from the nearest point of the wind resource, whose wind it gets.',
      de: 'Anlage {turbine} ist {distance_m} m vom nächsten Punkt der Windressource entfernt, dessen Wind sie bekommt.',
    },
  },
  'wind.grid_power_mismatch': {
    severity: 'caution',
    title: { en: 'Power density, A and k disagree', de: 'Leistungsdichte, A und k passen nicht zusammen' },
    message: {
      en: 'The point at {x_m}, {y_m} m states {power_density_w_m2} W/m2; its A and k give {computed_w_m2} W/m2 at 1.225 kg/m3.',
      de: 'Der Punkt bei {x_m}, {y_m} m nennt {power_density_w_m2} W/m2; sein A und k ergeben {computed_w_m2} W/m2 bei 1,225 kg/m3.',
    },
  },
  'wind.grid_sectors_mismatch': {
    severity: 'caution',
    title: {
      en: 'The sectors and all sectors together disagree',
      de: 'Die Sektoren und ihre Summe passen nicht zusammen',
    },
    message: {
      en: 'At the point at {x_m}, {y_m} m the sectors have {sectors_w_m2} W/m2 together; A and k of all sectors give {all_w_m2} W/m2 at 1.225 kg/m3. The sectors are used.',
      de: 'Am Punkt bei {x_m}, {y_m} m haben die Sektoren zusammen {sectors_w_m2} W/m2; A und k aller Sektoren ergeben {all_w_m2} W/m2 bei 1,225 kg/m3. Verwendet werden die Sektoren.',
    },
  },
  'wind.file_lengths_doubtful': {
    severity: 'caution',
    title: { en: 'Heights or roughness lengths in another unit', de: 'Höhen oder Rauigkeitslängen in anderer Einheit' },
    message: {
      en: 'The .lib has heights up to {height_m} m and roughness lengths up to {roughness_m} m; usual are at most 350 and 3 m. Another unit is a likely cause.',
      de: 'Die .lib hat Höhen bis {height_m} m und Rauigkeitslängen bis {roughness_m} m; üblich sind höchstens 350 und 3 m. Wahrscheinlich ist eine andere Einheit.',
    },
  },
} as const satisfies WarningCodes;
