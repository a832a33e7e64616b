/** Warnings about photovoltaic plants and their components. */
import { type Warn, type WarningCodes, warner } from '../common/warnings.ts';

export const SOLAR_WARNINGS = {
  'solar.file_assumption': {
    severity: 'info',
    title: { en: 'The reader of the file made an assumption', de: 'Beim Lesen der Datei wurde eine Annahme getroffen' },
    message: { en: '{assumption}.', de: '{assumption}.' },
    words: {
      shunt_by_default: {
        en: "Rp_0 is absent; taken as 4 RShunt, PVsyst's default",
        de: 'Rp_0 fehlt; angenommen sind 4 RShunt, der Standardwert von PVsyst',
      },
      gamma_by_model: {
        en: 'muPmpReq is absent; the coefficient of power is that of the one-diode model',
        de: 'muPmpReq fehlt; der Leistungskoeffizient ist der des Eindiodenmodells',
      },
      efficiency_at_middle: {
        en: 'The efficiency is that at the middle of the three voltages',
        de: 'Der Wirkungsgrad ist der bei der mittleren der drei Spannungen',
      },
    },
  },
  'solar.file_fields_unused': {
    severity: 'info',
    title: {
      en: 'The model does not use some fields of the file',
      de: 'Das Modell nutzt einige Felder der Datei nicht',
    },
    message: {
      en: 'The file states {fields}; the model of the component does not use these fields.',
      de: 'Die Datei enthält {fields}; das Modell der Komponente nutzt diese Felder nicht.',
    },
  },
  'solar.beam_reflection_only': {
    severity: 'info',
    title: { en: 'Reflection counts for the beam only', de: 'Reflexion zählt nur für die Direktstrahlung' },
    message: {
      en: 'The incidence angle modifier {iam} acts on the beam only, so diffuse light loses nothing by reflection. include_diffuse adds it, which lowers the energy by 1 to 2 %.',
      de: 'Der Einfallswinkel-Modifikator {iam} wirkt nur auf die Direktstrahlung, diffuses Licht verliert nichts durch Reflexion. include_diffuse ergänzt dies und senkt den Ertrag um 1 bis 2 %.',
    },
  },
  'solar.capacity_moved': {
    severity: 'caution',
    title: { en: 'Whole strings have another capacity', de: 'Ganze Strings haben eine andere Leistung' },
    message: {
      en: '{n_strings} whole strings of {modules_per_string} modules have {dc_capacity_kw} kW; {asked_kw} kW were asked for.',
      de: '{n_strings} ganze Strings aus {modules_per_string} Modulen haben {dc_capacity_kw} kW; verlangt waren {asked_kw} kW.',
    },
  },
  'solar.ratio_moved': {
    severity: 'caution',
    title: {
      en: 'The DC/AC ratio was moved by whole inverters',
      de: 'Ganze Wechselrichter verändern das DC/AC-Verhältnis',
    },
    message: {
      en: 'With {n_inverters} inverters the DC/AC ratio is {built_ratio}; {asked_ratio} was asked for.',
      de: 'Mit {n_inverters} Wechselrichtern ist das DC/AC-Verhältnis {built_ratio}; verlangt war {asked_ratio}.',
    },
  },
  'solar.subarray_share_moved': {
    severity: 'caution',
    title: {
      en: 'Whole strings give a subarray another share',
      de: 'Ganze Strings geben einem Teilfeld einen anderen Anteil',
    },
    message: {
      en: 'Subarray {subarray} has {share_pct} % of the power in {n_strings} whole strings; {asked_share_pct} % were asked for.',
      de: 'Teilfeld {subarray} hat mit {n_strings} ganzen Strings {share_pct} % der Leistung; verlangt waren {asked_share_pct} %.',
    },
  },
  'solar.fractional_units': {
    severity: 'info',
    title: {
      en: 'A number of strings or inverters is not whole',
      de: 'Eine Zahl von Strings oder Wechselrichtern ist nicht ganz',
    },
    message: {
      en: '{field} is {count}; the plant is computed with this fraction.',
      de: '{field} ist {count}; die Anlage wird mit diesem Bruchteil berechnet.',
    },
  },
  'solar.coldest_cell_warm': {
    severity: 'caution',
    title: {
      en: 'The coldest cell is warmer than the weather',
      de: 'Die kälteste Zelle ist wärmer als das Wetter',
    },
    message: {
      en: 'The voltage of the strings is checked at {min_cell_temp_c} degC; the air of the weather falls to {min_temp_air_c} degC, where the voltage is higher.',
      de: 'Die Spannung der Strings wird bei {min_cell_temp_c} degC geprüft; die Luft der Wetterdaten sinkt auf {min_temp_air_c} degC, wo die Spannung höher ist.',
    },
  },
  'solar.mpp_window': {
    severity: 'caution',
    title: {
      en: 'Strings leave the MPP window of the inverter',
      de: 'Strings verlassen das MPP-Fenster des Wechselrichters',
    },
    message: {
      en: 'Outside of the MPP window of the inverter the strings lose {loss_pct} % of the energy.',
      de: 'Außerhalb des MPP-Fensters des Wechselrichters verlieren die Strings {loss_pct} % der Energie.',
    },
  },
  'solar.preset_bifacial': {
    severity: 'caution',
    title: { en: 'The preset ends at the rear of the modules', de: 'Die Voreinstellung endet an der Modulrückseite' },
    message: {
      en: "The preset pvwatts_v8 covers the front only: the rear is computed by infinite sheds. SAM's PVWatts has another model, with 2 to 5 % less energy.",
      de: 'Die Voreinstellung pvwatts_v8 gilt nur für die Vorderseite: die Rückseite folgt dem Modell unendlicher Reihen. PVWatts in SAM hat ein anderes Modell mit 2 bis 5 % weniger Energie.',
    },
  },
  'solar.value_unusual': {
    severity: 'caution',
    title: { en: 'A value is unusual', de: 'Ein Wert ist ungewöhnlich' },
    message: {
      en: '{name} is {value}; usual values are {lower} to {upper}.',
      de: '{name} ist {value}; üblich sind {lower} bis {upper}.',
    },
  },
  'solar.value_implausible': {
    severity: 'severe',
    title: { en: 'A value is hardly possible', de: 'Ein Wert ist kaum möglich' },
    message: {
      en: '{name} is {value}; usual values are {lower} to {upper}. Check its unit.',
      de: '{name} ist {value}; üblich sind {lower} bis {upper}. Bitte die Einheit prüfen.',
    },
  },
  'solar.faces_away_from_equator': {
    severity: 'severe',
    title: { en: 'The modules face away from the equator', de: 'Die Module sind vom Äquator abgewandt' },
    message: {
      en: 'At the latitude {latitude_deg} modules with a tilt of {tilt_deg} degrees face {azimuth_deg} degrees, away from the equator. Azimuth 0 is north, 90 east, 180 south.',
      de: 'Bei der Breite {latitude_deg} sind Module mit {tilt_deg} Grad Neigung nach {azimuth_deg} Grad ausgerichtet, vom Äquator weg. Azimut 0 ist Norden, 90 Osten, 180 Süden.',
    },
  },
  'solar.subarrays_equal': {
    severity: 'caution',
    title: { en: 'Two subarrays are the same', de: 'Zwei Teilfelder sind gleich' },
    message: {
      en: 'Subarrays {first} and {second} differ in nothing but their share; an azimuth may be that of the other side.',
      de: 'Die Teilfelder {first} und {second} unterscheiden sich nur im Anteil; ein Azimut ist vielleicht der der anderen Seite.',
    },
  },
  'solar.tracker_axis': {
    severity: 'caution',
    title: {
      en: 'The axis of the tracker runs from east to west',
      de: 'Die Achse des Nachführers liegt in Ost-West-Richtung',
    },
    message: {
      en: 'The axis has the azimuth {axis_azimuth_deg} degrees, more than 45 degrees from north and south. The azimuth is that of the axis, not of the modules.',
      de: 'Die Achse hat den Azimut {axis_azimuth_deg} Grad, mehr als 45 Grad von Nord und Süd. Der Azimut ist der der Achse, nicht der der Module.',
    },
  },
  'solar.losses_as_fractions': {
    severity: 'severe',
    title: { en: 'The losses look like fractions', de: 'Die Verluste sehen wie Bruchteile aus' },
    message: {
      en: 'The largest entry of losses_pct is {largest_loss_pct} %. Losses are in percent: 2 is 2 %.',
      de: 'Der größte Eintrag in losses_pct ist {largest_loss_pct} %. Verluste sind in Prozent anzugeben: 2 sind 2 %.',
    },
  },
  'solar.hourly_means_on_steep_plane': {
    severity: 'caution',
    title: { en: 'Hourly means on a steep plane', de: 'Stundenmittel auf einer steilen Ebene' },
    message: {
      en: 'On a plane of {tilt_deg} degrees the sun crosses the plane within a step of {step_minutes} min; the beam of such steps is uncertain. Finer weather, or edge_steps mid_sunlit, reduces it.',
      de: 'Bei einer Neigung von {tilt_deg} Grad tritt die Sonne innerhalb eines Schritts von {step_minutes} min hinter die Ebene; die Direktstrahlung solcher Schritte ist unsicher. Feinere Wetterdaten oder edge_steps mid_sunlit verringern das.',
    },
  },
  'solar.ac_over_dc': {
    severity: 'severe',
    title: { en: 'The AC energy exceeds the DC energy', de: 'Die AC-Energie übersteigt die DC-Energie' },
    message: {
      en: 'The inverters deliver {annual_energy_kwh} kWh a year from {annual_dc_energy_kwh} kWh. Their parameters do not fit the voltage or power of the strings.',
      de: 'Die Wechselrichter liefern {annual_energy_kwh} kWh im Jahr aus {annual_dc_energy_kwh} kWh. Ihre Parameter passen nicht zu Spannung oder Leistung der Stränge.',
    },
  },
  'solar.subhourly_clipping': {
    severity: 'caution',
    title: { en: 'Clipping within the hour is not seen', de: 'Abregelung innerhalb der Stunde bleibt unsichtbar' },
    message: {
      en: 'At a DC/AC ratio of {dc_ac_ratio} the inverters clip {clipped_pct} % of the energy. Means of {step_minutes} min hide a part of the clipping, so the yield is too high.',
      de: 'Bei einem DC/AC-Verhältnis von {dc_ac_ratio} regeln die Wechselrichter {clipped_pct} % der Energie ab. Mittelwerte über {step_minutes} min verbergen einen Teil davon; der Ertrag ist zu hoch.',
    },
  },
  'solar.auxiliaries_large': {
    severity: 'caution',
    title: { en: 'The plant itself uses much power', de: 'Der Eigenbedarf der Anlage ist groß' },
    message: {
      en: 'The auxiliaries draw up to {auxiliaries_kw} kW of an AC rating of {ac_capacity_kw} kW. They are in kW, for the whole plant.',
      de: 'Der Eigenbedarf beträgt bis zu {auxiliaries_kw} kW bei einer AC-Leistung von {ac_capacity_kw} kW. Er ist in kW für die ganze Anlage anzugeben.',
    },
  },
  'solar.export_limit_share': {
    severity: 'caution',
    title: { en: 'The export limit takes much of the energy', de: 'Die Einspeisegrenze nimmt viel der Energie' },
    message: {
      en: 'The limit of {export_limit_kw} kW takes {limited_pct} % of the energy.',
      de: 'Die Grenze von {export_limit_kw} kW nimmt {limited_pct} % der Energie.',
    },
  },
  'solar.objective_prefers_size': {
    severity: 'caution',
    title: { en: 'The objective prefers a limit of the size', de: 'Das Ziel bevorzugt eine Grenze der Größe' },
    message: {
      en: 'The best design has {dc_capacity_kw} kW, the {bound} bound of dc_capacity_kw: nothing else in the request limits the size.',
      de: 'Die beste Auslegung hat {dc_capacity_kw} kW, die {bound} Grenze von dc_capacity_kw: nichts anderes in der Anfrage begrenzt die Größe.',
    },
    words: {
      lower: { en: 'lower', de: 'untere' },
      upper: { en: 'upper', de: 'obere' },
    },
  },
  'solar.search_short': {
    severity: 'caution',
    title: { en: 'The search was short', de: 'Die Suche war kurz' },
    message: {
      en: 'The search computes {n_designs} designs with {n_variables} variables; its result is what chance gave.',
      de: 'Die Suche rechnet {n_designs} Entwürfe mit {n_variables} Variablen; ihr Ergebnis gab der Zufall.',
    },
  },
  'solar.nothing_varies': {
    severity: 'caution',
    title: { en: 'No variable of the search varies', de: 'Keine Variable der Suche ändert sich' },
    message: {
      en: 'The bounds of each variable are one value ({name}), so that there is one design.',
      de: 'Die Grenzen jeder Variablen sind ein Wert ({name}); es gibt also nur einen Entwurf.',
    },
  },
  'solar.weather_far': {
    severity: 'caution',
    title: { en: 'The weather is not that of the site', de: 'Die Wetterdaten sind nicht die des Standorts' },
    message: {
      en: 'The place of the weather is {distance_km} km from the site.',
      de: 'Der Ort der Wetterdaten ist {distance_km} km vom Standort entfernt.',
    },
  },
  'solar.weather_of_another_place': {
    severity: 'severe',
    title: { en: 'The weather is of another place', de: 'Die Wetterdaten sind von einem anderen Ort' },
    message: {
      en: 'The place of the weather is {distance_km} km from the site; the yield is that of the weather, not of the site.',
      de: 'Der Ort der Wetterdaten ist {distance_km} km vom Standort entfernt; der Ertrag gilt für das Wetter, nicht für den Standort.',
    },
  },
  'solar.weather_elevation': {
    severity: 'caution',
    title: { en: 'The weather is of another elevation', de: 'Die Wetterdaten sind aus einer anderen Höhe' },
    message: {
      en: 'The site is at {elevation_m} m, the weather at {weather_elevation_m} m: temperature and clearness of the sky differ.',
      de: 'Der Standort liegt auf {elevation_m} m, das Wetter auf {weather_elevation_m} m: Temperatur und Klarheit des Himmels sind verschieden.',
    },
  },
  'solar.degradation_twice': {
    severity: 'caution',
    title: { en: 'Degradation is counted twice', de: 'Die Alterung wird doppelt gezählt' },
    message: {
      en: 'The system is in year {year} with {pct_per_year} % degradation a year, and the economics degrade its energy from there again by {degradation_per_year} a year.',
      de: 'Die Anlage ist im Jahr {year} mit {pct_per_year} % Alterung im Jahr, und die Wirtschaftlichkeit mindert ihre Energie von dort aus noch einmal um {degradation_per_year} im Jahr.',
    },
  },
} as const satisfies WarningCodes;

export type SolarWarningCode = keyof typeof SOLAR_WARNINGS;
export const warnSolar: Warn<typeof SOLAR_WARNINGS> = warner(SOLAR_WARNINGS);
