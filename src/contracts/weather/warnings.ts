/** Warnings about weather datasets. A job repeats those of its weather. */
import { type Warn, type WarningCodes, warner } from '../common/warnings.ts';

export const WEATHER_WARNINGS = {
  'weather.year_repeated': {
    severity: 'caution',
    title: { en: 'Years of weather repeat each other', de: 'Wetterjahre wiederholen sich' },
    message: {
      en: '{n_repeated} of {n_years} years repeat the weather of another one, and count as years of their own.',
      de: '{n_repeated} von {n_years} Jahren wiederholen das Wetter eines anderen und zählen als eigene Jahre.',
    },
  },
  'weather.values_filled': {
    severity: 'info',
    title: { en: 'Missing values were filled', de: 'Fehlende Werte wurden ergänzt' },
    message: {
      en: '{n_values} missing values were filled by interpolation; the longest gap has {longest_gap_minutes} minutes.',
      de: '{n_values} fehlende Werte wurden interpoliert; die längste Lücke hat {longest_gap_minutes} Minuten.',
    },
  },
  'weather.column_dropped': {
    severity: 'info',
    title: { en: 'A column was left out', de: 'Eine Spalte wurde weggelassen' },
    message: {
      en: 'The column {column} was left out because too many of its values are missing.',
      de: 'Die Spalte {column} wurde weggelassen, weil zu viele ihrer Werte fehlen.',
    },
  },
  'weather.time_zone': {
    severity: 'severe',
    title: { en: 'The time zone looks wrong', de: 'Die Zeitzone ist wohl falsch' },
    message: {
      en: 'The clock looks shifted by {shift_h} h: the file says UTC plus {utc_offset_h} h, and the irradiance fits the sun with UTC plus {likely_utc_offset_h} h. The time zone in the header is the likely cause.',
      de: 'Die Uhr scheint um {shift_h} h verschoben: die Datei nennt UTC plus {utc_offset_h} h, die Strahlung passt mit UTC plus {likely_utc_offset_h} h zur Sonne. Wahrscheinlich ist die Zeitzone im Kopf der Datei falsch.',
    },
  },
  'weather.clock_one_hour_off': {
    severity: 'severe',
    title: { en: 'The clock looks one hour off', de: 'Die Uhr geht wohl um eine Stunde falsch' },
    message: {
      en: 'The clock looks shifted by {shift_h} h: the file says UTC plus {utc_offset_h} h, and the irradiance fits the sun with UTC plus {likely_utc_offset_h} h. Likely causes are the time zone in the header, daylight saving time, or labels at the other end of the hour.',
      de: 'Die Uhr scheint um {shift_h} h verschoben: die Datei nennt UTC plus {utc_offset_h} h, die Strahlung passt mit UTC plus {likely_utc_offset_h} h zur Sonne. Wahrscheinliche Ursachen sind die Zeitzone im Kopf der Datei, Sommerzeit oder Zeitmarken am anderen Ende der Stunde.',
    },
  },
  'weather.labels_shifted': {
    severity: 'caution',
    title: { en: 'The time labels look shifted', de: 'Die Zeitmarken scheinen verschoben' },
    message: {
      en: 'The irradiance fits the sun if {shift_minutes} min are added to the times of the file, whose step is {step_minutes} min. Likely causes are means labelled as instants, or instants labelled as means.',
      de: 'Die Strahlung passt zur Sonne, wenn zu den Zeiten der Datei mit {step_minutes} min Schrittweite {shift_minutes} min addiert werden. Wahrscheinlich sind Mittelwerte als Augenblickswerte bezeichnet oder umgekehrt.',
    },
  },
  'weather.clock_shifted': {
    severity: 'severe',
    title: { en: 'The clock does not fit the place', de: 'Die Uhr passt nicht zum Ort' },
    message: {
      en: 'The clock looks shifted by {shift_h} h against the sun at the place of the file. Neither a time zone nor the sign of the longitude explains it; the longitude may be that of another place.',
      de: 'Die Uhr scheint gegen die Sonne am Ort der Datei um {shift_h} h verschoben. Weder eine Zeitzone noch das Vorzeichen der Länge erklärt das; die Länge gehört vielleicht zu einem anderen Ort.',
    },
  },
  'weather.longitude_sign': {
    severity: 'severe',
    title: { en: 'The longitude has the wrong sign', de: 'Die Länge hat das falsche Vorzeichen' },
    message: {
      en: 'The clock looks shifted by {shift_h} h at the longitude {longitude_deg}; with {likely_longitude_deg} the irradiance fits the sun. East is positive.',
      de: 'Die Uhr scheint bei der Länge {longitude_deg} um {shift_h} h verschoben; mit {likely_longitude_deg} passt die Strahlung zur Sonne. Osten ist positiv.',
    },
  },
  'weather.latitude_sign': {
    severity: 'severe',
    title: { en: 'The latitude has the wrong sign', de: 'Die Breite hat das falsche Vorzeichen' },
    message: {
      en: 'The seasons of the irradiance are those of the latitude {likely_latitude_deg}, not of {latitude_deg}. North is positive.',
      de: 'Die Jahreszeiten der Strahlung sind die der Breite {likely_latitude_deg}, nicht die von {latitude_deg}. Norden ist positiv.',
    },
  },
  'weather.coordinates_exchanged': {
    severity: 'severe',
    title: { en: 'Latitude and longitude are exchanged', de: 'Breite und Länge sind vertauscht' },
    message: {
      en: 'The irradiance fits the sun if the latitude {latitude_deg} and the longitude {longitude_deg} of the file are exchanged.',
      de: 'Die Strahlung passt zur Sonne, wenn die Breite {latitude_deg} und die Länge {longitude_deg} der Datei vertauscht werden.',
    },
  },
  'weather.columns_exchanged': {
    severity: 'severe',
    title: { en: 'Two columns are exchanged', de: 'Zwei Spalten sind vertauscht' },
    message: {
      en: 'Global irradiance is diffuse plus direct on the horizontal only if the columns {first} and {second} are exchanged.',
      de: 'Die Globalstrahlung ist nur dann Diffusstrahlung plus horizontale Direktstrahlung, wenn die Spalten {first} und {second} vertauscht werden.',
    },
  },
  'weather.direct_on_horizontal': {
    severity: 'severe',
    title: {
      en: 'The direct irradiance is that on the horizontal',
      de: 'Die Direktstrahlung ist die auf der Horizontalen',
    },
    message: {
      en: 'The column of the direct normal irradiance contains global less diffuse, which is the direct irradiance on the horizontal (residual of the closure {residual}).',
      de: 'Die Spalte der direkten Normalstrahlung enthält global minus diffus, also die Direktstrahlung auf der Horizontalen (Restfehler der Bilanz {residual}).',
    },
  },
  'weather.column_all_zero': {
    severity: 'severe',
    title: { en: 'A column of irradiance is zero all year', de: 'Eine Spalte der Strahlung ist das ganze Jahr null' },
    message: {
      en: 'The column {column} is 0 in the whole year, so the plane of the modules lacks that part of the light.',
      de: 'Die Spalte {column} ist das ganze Jahr 0; der Modulebene fehlt dieser Teil des Lichts.',
    },
  },
  'weather.closure': {
    severity: 'caution',
    title: { en: 'The irradiances do not add up', de: 'Die Strahlungswerte ergeben keine Bilanz' },
    message: {
      en: 'Diffuse plus direct on the horizontal differs from global irradiance by {closure_pct} % in the year; the residual is {residual} of the direct part.',
      de: 'Diffus plus direkt auf der Horizontalen weicht im Jahr um {closure_pct} % von der Globalstrahlung ab; der Restfehler ist {residual} des Direktanteils.',
    },
  },
  'weather.night_irradiance': {
    severity: 'caution',
    title: { en: 'There is irradiance at night', de: 'Nachts wird Strahlung angegeben' },
    message: {
      en: '{night_pct} % of the irradiation in {column} falls while the sun is below the horizon of the place.',
      de: '{night_pct} % der Einstrahlung in {column} fallen, während die Sonne am Ort unter dem Horizont steht.',
    },
  },
  'weather.irradiance_impossible': {
    severity: 'severe',
    title: { en: 'The irradiance exceeds what is possible', de: 'Die Strahlung übersteigt das Mögliche' },
    message: {
      en: '{impossible_pct} % of the records with the sun up have more irradiance than the atmosphere can let through.',
      de: '{impossible_pct} % der Werte bei Tag haben mehr Strahlung, als die Atmosphäre durchlassen kann.',
    },
  },
  'weather.irradiance_level': {
    severity: 'severe',
    title: { en: 'The irradiance has an unlikely level', de: 'Das Niveau der Strahlung ist unwahrscheinlich' },
    message: {
      en: 'The brightest days have {clear_sky_index} times the irradiation of a clear sky; expected 0.65 to 1.3. A wrong unit is a likely cause.',
      de: 'Die hellsten Tage haben das {clear_sky_index}-Fache der Strahlung eines klaren Himmels; erwartet 0,65 bis 1,3. Wahrscheinlich ist die Einheit falsch.',
    },
  },
  'weather.irradiance_level_unusual': {
    severity: 'caution',
    title: { en: 'The irradiance is unusually high or low', de: 'Die Strahlung ist ungewöhnlich hoch oder niedrig' },
    message: {
      en: 'On the brightest days the global irradiation is {clear_sky_index} times that of a clear sky; 0.85 to 1.2 are usual. A wrong calibration is a likely cause.',
      de: 'An den hellsten Tagen ist die Globalstrahlung {clear_sky_index} mal die eines klaren Himmels; üblich sind 0,85 bis 1,2. Wahrscheinlich ist eine falsche Kalibrierung.',
    },
  },
  'weather.daylight_zero': {
    severity: 'caution',
    title: { en: 'The irradiance is zero in daylight', de: 'Die Strahlung ist bei Tageslicht null' },
    message: {
      en: 'The global irradiance is 0 in {hours} hours with the sun more than 10 deg above the horizon, the first on {first_day}. A logger that wrote 0 while it was off is a likely cause.',
      de: 'Die Globalstrahlung ist in {hours} Stunden null, in denen die Sonne mehr als 10° über dem Horizont steht, zuerst am {first_day}. Wahrscheinlich schrieb ein abgeschalteter Logger 0.',
    },
  },
  'weather.values_stuck': {
    severity: 'caution',
    title: { en: 'A value repeats for days', de: 'Ein Wert wiederholt sich tagelang' },
    message: {
      en: 'The column {column} is {value} in all records of {days} days from {first_day} on.',
      de: 'Die Spalte {column} ist in allen Werten von {days} Tagen ab {first_day} {value}.',
    },
  },
  'weather.temperature_range': {
    severity: 'caution',
    title: { en: 'The air temperature hardly changes', de: 'Die Lufttemperatur ändert sich kaum' },
    message: {
      en: 'Nine tenths of the air temperatures lie within {range_k} K; a year has more. Values that were divided by ten are a likely cause.',
      de: 'Neun Zehntel der Lufttemperaturen liegen innerhalb von {range_k} K; ein Jahr hat mehr. Wahrscheinlich wurden die Werte durch zehn geteilt.',
    },
  },
  'weather.temperature_course': {
    severity: 'caution',
    title: { en: 'The air is colder by day than by night', de: 'Die Luft ist am Tag kälter als in der Nacht' },
    message: {
      en: 'Under the sun the air is {colder_k} K colder than on the mean of the day; everywhere it is warmer. The other sign or another clock of the temperatures is a likely cause.',
      de: 'Bei Sonne ist die Luft {colder_k} K kälter als im Tagesmittel; überall ist sie wärmer. Wahrscheinlich haben die Temperaturen das andere Vorzeichen oder eine andere Uhrzeit.',
    },
  },
  'weather.temperature_level': {
    severity: 'caution',
    title: { en: 'The air temperature is unlikely', de: 'Die Lufttemperatur ist unwahrscheinlich' },
    message: {
      en: 'The mean air temperature is {temp_air_mean_c} degC, more than places of this latitude have. Degrees Fahrenheit are a likely cause.',
      de: 'Die mittlere Lufttemperatur ist {temp_air_mean_c} degC, mehr als an Orten dieser Breite. Wahrscheinlich sind es Grad Fahrenheit.',
    },
  },
  'weather.wind_level': {
    severity: 'caution',
    title: { en: 'The wind speed is unlikely', de: 'Die Windgeschwindigkeit ist unwahrscheinlich' },
    message: {
      en: 'The mean wind speed is {wind_speed_mean_m_s} m/s, more than solar sites have at 10 m. Kilometres per hour or knots are a likely cause.',
      de: 'Die mittlere Windgeschwindigkeit ist {wind_speed_mean_m_s} m/s, mehr als an Standorten von Solaranlagen in 10 m Höhe. Wahrscheinlich sind es Kilometer pro Stunde oder Knoten.',
    },
  },
  'weather.elevation_pressure': {
    severity: 'caution',
    title: { en: 'Elevation and air pressure disagree', de: 'Höhe und Luftdruck widersprechen sich' },
    message: {
      en: 'The elevation is {elevation_m} m, and the mean air pressure of {pressure_hpa} hPa belongs to about {likely_elevation_m} m. An elevation in feet, or pressure reduced to sea level, is a likely cause.',
      de: 'Die Höhe ist {elevation_m} m, der mittlere Luftdruck von {pressure_hpa} hPa gehört zu etwa {likely_elevation_m} m. Wahrscheinlich ist die Höhe in Fuß angegeben oder der Druck auf Meereshöhe reduziert.',
    },
  },
  'weather.values_rejected': {
    severity: 'caution',
    title: { en: 'Values outside the possible range were left out', de: 'Unmögliche Werte wurden weggelassen' },
    message: {
      en: '{n_values} values of {column} are outside {range} and were left out; the first is {first} ({place}).',
      de: '{n_values} Werte von {column} liegen außerhalb von {range} und wurden weggelassen; der erste ist {first} ({place}).',
    },
    words: {
      to: { en: 'to', de: 'bis' },
      line: { en: 'line', de: 'Zeile' },
      column: { en: 'column', de: 'Spalte' },
      'in the unit of the file': { en: 'in the unit of the file', de: 'in der Einheit der Datei' },
    },
  },
  'weather.night_filled': {
    severity: 'info',
    title: { en: 'Missing irradiance at night was set to 0', de: 'Fehlende Einstrahlung bei Nacht wurde 0 gesetzt' },
    message: {
      en: '{n_values} missing irradiance values were set to 0, because the sun is below the horizon.',
      de: '{n_values} fehlende Werte der Einstrahlung wurden 0 gesetzt, weil die Sonne unter dem Horizont steht.',
    },
  },
  'weather.long_gap_filled': {
    severity: 'caution',
    title: { en: 'A long gap was interpolated', de: 'Eine lange Lücke wurde interpoliert' },
    message: {
      en: 'Gaps of {column} longer than {max_gap_h} hours were interpolated; the longest has {longest_gap_h} hours.',
      de: 'Lücken von {column} über {max_gap_h} Stunden wurden interpoliert; die längste hat {longest_gap_h} Stunden.',
    },
  },
  'weather.column_defaulted': {
    severity: 'caution',
    title: { en: 'A default replaces a column', de: 'Ein Standardwert ersetzt eine Spalte' },
    message: {
      en: 'The file has no {column}; every time step has the default of {value} {unit}.',
      de: 'Die Datei enthält kein {column}; jeder Zeitschritt hat den Standardwert {value} {unit}.',
    },
  },
  'weather.column_constant': {
    severity: 'caution',
    title: { en: 'A column has one value all year', de: 'Eine Spalte hat das ganze Jahr denselben Wert' },
    message: {
      en: 'The column {column} is {value} {unit} in every record of the file.',
      de: 'Die Spalte {column} ist in jedem Zeitschritt der Datei {value} {unit}.',
    },
  },
  'weather.irradiance_closed': {
    severity: 'info',
    title: { en: 'One irradiance was computed from two', de: 'Eine Einstrahlung wurde aus zweien berechnet' },
    message: {
      en: '{column} was computed from {from} and the position of the sun; {n_limited} values were limited.',
      de: '{column} wurde aus {from} und dem Sonnenstand berechnet; {n_limited} Werte wurden begrenzt.',
    },
  },
  'weather.gaps_closed': {
    severity: 'info',
    title: {
      en: 'Long gaps of one irradiance were computed from two',
      de: 'Lange Lücken einer Einstrahlung wurden aus zweien berechnet',
    },
    message: {
      en: '{n_values} missing values of {column} in gaps of more than 3 hours were computed from {first}, {second} and the position of the sun.',
      de: '{n_values} fehlende Werte von {column} in Lücken von mehr als 3 Stunden wurden aus {first}, {second} und dem Sonnenstand berechnet.',
    },
  },
  'weather.irradiance_decomposed': {
    severity: 'caution',
    title: { en: 'Direct and diffuse irradiance come from a model', de: 'Direkt- und Diffusstrahlung sind modelliert' },
    message: {
      en: 'The file has global irradiance only; direct and diffuse irradiance were computed by the model {model}.',
      de: 'Die Datei enthält nur Globalstrahlung; Direkt- und Diffusstrahlung wurden mit dem Modell {model} berechnet.',
    },
  },
  'weather.irradiance_from_plane': {
    severity: 'caution',
    title: { en: 'Irradiance comes from a tilted plane', de: 'Die Einstrahlung stammt von einer geneigten Ebene' },
    message: {
      en: 'Global, direct and diffuse irradiance were computed by GTI-DIRINT from a plane with a tilt of {tilt_deg} and an azimuth of {azimuth_deg} degrees. In {n_undefined} time steps the model has no value; all light counts as diffuse there.',
      de: 'Global-, Direkt- und Diffusstrahlung wurden mit GTI-DIRINT aus einer Ebene mit {tilt_deg} Grad Neigung und dem Azimut {azimuth_deg} Grad berechnet. In {n_undefined} Zeitschritten hat das Modell keinen Wert; dort gilt alles Licht als diffus.',
    },
  },
  'weather.year_joined': {
    severity: 'info',
    title: { en: 'The year consists of two calendar years', de: 'Das Jahr besteht aus zwei Kalenderjahren' },
    message: {
      en: 'The file has no whole calendar year; the months from {first} to {last} were put in the order of the calendar.',
      de: 'Die Datei enthält kein ganzes Kalenderjahr; die Monate von {first} bis {last} wurden nach dem Kalender geordnet.',
    },
  },
} as const satisfies WarningCodes;

export type WeatherWarningCode = keyof typeof WEATHER_WARNINGS;
export const warnWeather: Warn<typeof WEATHER_WARNINGS> = warner(WEATHER_WARNINGS);
