/**
 * PVsyst's module (.PAN) and inverter (.OND) files: lines `Key=Value`, where a deeper indent belongs to the line before it.
 * Their format is not published; this reads what PVsyst 6 and 7 write.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import { MAX_NAME } from '../../contracts/common/file-text.ts';
import type { DiodeParameters, PvsystModule } from '../power/single-diode.ts';
import { BUILT_IN_V, curvePoints, pvsystParameters } from '../power/single-diode.ts';
import type { IamChoice, CurveInverter } from '../system.ts';

const MAX_BYTES = 1_000_000;

/** A line with the lines that belong to it. */
interface Entry {
  readonly line: number;
  readonly value: string;
  readonly below: Map<string, Entry>;
}

const refuse = (file: string, reason: string): never => {
  throw new AppError('solar.invalid_input', `${file}: ${reason}`);
};

function readEntries(text: string, file: string): Entry {
  if (text.length > MAX_BYTES) refuse(file, `the file has ${text.length} characters; expected at most ${MAX_BYTES}`);
  const root: Entry = { line: 0, value: '', below: new Map() };
  const open: { indent: number; entry: Entry }[] = [{ indent: -1, entry: root }];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((line, i) => {
      const equals = line.indexOf('=');
      if (equals < 0 || line.trimStart().startsWith('End of')) return;
      const indent = line.length - line.trimStart().length;
      while (open[open.length - 1].indent >= indent) open.pop();
      const entry: Entry = { line: i + 1, value: line.slice(equals + 1).trim(), below: new Map() };
      const key = line.slice(0, equals).trim().replace(/,.*$/, '');
      open[open.length - 1].entry.below.set(key, entry);
      open.push({ indent, entry });
    });
  return root;
}

/** Returns the first entry with a name, at any depth; the case of letters does not matter. */
function find(entry: Entry, name: string): Entry | undefined {
  for (const [key, below] of entry.below) if (key.toLowerCase() === name.toLowerCase()) return below;
  for (const below of entry.below.values()) {
    const block = find(below, name);
    if (block) return block;
  }
  return undefined;
}

type Range = readonly [min: number, max: number];
const ANY: Range = [-Number.MAX_VALUE, Number.MAX_VALUE];
const said = (range: Range): string => (range === ANY ? 'a number' : `${range[0]} to ${range[1]}`);

/** Reads numbers of one file; errors name the quantity and its fault. */
class Reader {
  readonly root: Entry;
  readonly #file: string;
  /** Entries that were read */
  readonly #used = new Set<Entry>();

  constructor(text: string, file: string, object: string) {
    this.#file = file;
    this.root = readEntries(text, file);
    const kind = this.root.below.get('PVObject_')?.value;
    if (kind !== object) refuse(file, `PVObject_ is ${kind ?? 'absent'}; expected ${object}`);
    if (!new RegExp(`^End of PVObject ${object}\\s*$`, 'm').test(text))
      refuse(file, `the file is cut off; expected the line "End of PVObject ${object}" at its end`);
  }

  /** Finds an entry, which counts as used. */
  #take(name: string, from = this.root): Entry | undefined {
    const entry = find(from, name);
    if (entry) this.#used.add(entry);
    return entry;
  }

  /** Returns the names of the fields that hold a value and were not read, without descriptions and profiles. */
  unused(descriptive: ReadonlySet<string>): string[] {
    const names = new Set<string>();
    const visit = (entry: Entry): void => {
      for (const [name, below] of entry.below) {
        const isProfile = /^Point_\d+$/.test(name) || below.value.startsWith('TCubicProfile');
        const isText = descriptive.has(name) || name.startsWith('Str_') || name.startsWith('PVObject_');
        const hasValue = below.value !== '' && Number(below.value) !== 0;
        if (!isProfile && !isText && hasValue && below.below.size === 0 && !this.#used.has(below)) names.add(name);
        visit(below);
      }
    };
    visit(this.root);
    return [...names];
  }

  text(name: string): string {
    const entry = this.#take(name);
    if (entry && entry.value.length > MAX_NAME)
      refuse(
        this.#file,
        `line ${entry.line}: ${name} has ${entry.value.length} characters; expected at most ${MAX_NAME}`,
      );
    return entry?.value ?? '';
  }

  optional(name: string, min: number, max: number): number | undefined {
    const entry = this.#take(name);
    if (!entry || entry.value === '') return undefined;
    const value = Number(entry.value);
    if (!(value >= min && value <= max))
      return refuse(this.#file, `line ${entry.line}: ${name} is ${entry.value}; expected ${min} to ${max}`);
    return value;
  }

  number(name: string, min: number, max: number): number {
    return this.optional(name, min, max) ?? refuse(this.#file, `${name} is absent; expected ${min} to ${max}`);
  }

  /** Returns the points of a profile up to its stated number. @param limits of the coordinates; default: any number */
  points(profile: string, limits: readonly Range[] = [ANY, ANY]): (readonly [number, number])[] {
    const entry = find(this.root, profile);
    if (!entry) return [];
    const count = Number(this.#take('NPtsEff', entry)?.value || Number.NaN);
    const points: (readonly [number, number])[] = [];
    const at = `line ${entry.line}: ${profile}`;
    if (!(count >= 0)) refuse(this.#file, `${at} has no NPtsEff; expected its points below it, each line indented`);
    for (let k = 1; k <= count; k++) {
      const point = entry.below.get(`Point_${k}`);
      if (!point) return refuse(this.#file, `${at} has no Point_${k}; NPtsEff says ${count}`);
      const [x, y] = point.value.split(',').map(Number);
      const isPoint = [x, y].every((value, i) => value >= limits[i][0] && value <= limits[i][1]);
      if (!isPoint)
        refuse(
          this.#file,
          `line ${point.line}: Point_${k} is ${point.value}; expected ${limits.map(said).join(' and ')}`,
        );
      points.push([x, y]);
    }
    return points;
  }
}

export interface PanFile {
  readonly manufacturer: string;
  readonly model: string;
  readonly technology: string;
  /** Nameplate [W] */
  readonly nominalPowerW: number;
  /** [m2]; undefined if the file lacks width or height */
  readonly areaM2: number | undefined;
  /** Open circuit and maximum power under standard conditions [V] */
  readonly vOcV: number;
  readonly vMpV: number;
  /** Temperature coefficient of the maximum power [1/K] */
  readonly gammaPerK: number;
  /** Back / front [1]; undefined for monofacial modules */
  readonly bifaciality: number | undefined;
  readonly module: PvsystModule;
  /** The file's own profile of incidence angles, or its b0 of ASHRAE's model; undefined if it has neither. */
  readonly iam: Extract<IamChoice, { type: 'points' | 'ashrae' }> | undefined;
  /** Light-induced degradation [%], if the file states it */
  readonly lidPct: number | undefined;
  /** Fields that hold a value which no model uses */
  readonly unused: readonly string[];
  /** Decisions of the reader, in words for the user. */
  readonly notes: readonly string[];
}

/** Fields that describe a product or the file; they are no part of a model. */
const DESCRIPTIVE: ReadonlySet<string> = new Set([
  ...[
    'Comment',
    'Version',
    'Flags',
    'Manufacturer',
    'Model',
    'DataSource',
    'YearBeg',
    'YearEnd',
    'Width',
    'Height',
    'Depth',
  ],
  ...[
    'Weight',
    'NPieces',
    'Currency',
    'PriceDate',
    'Price',
    'Remarks',
    'Reliability',
    'SubModuleLayout',
    'UnitAff',
    'Mode',
  ],
  ...[
    'NPtsMax',
    'NPtsEff',
    'LastCompile',
    'ModeAffEnum',
    'IAMMode',
    'IAMProfile',
    'OperPoints',
    'NDiode',
    'NCelP',
    'MonoTri',
  ],
  ...[
    'GRef',
    'TRef',
    'IsolSurvey',
    'DC_Switch',
    'AC_Switch',
    'DiscAdjust',
    'Transfo',
    'Converter',
    'ModeOper',
    'AirMassRef',
  ],
]);

/** Returns most AC power by the temperature of the air, as PVsyst writes it; undefined where the file has only its rating. */
function deratingOf(reader: Reader, acRatingKw: number): CurveInverter['derating'] {
  const temp = (name: string) => reader.optional(name, -50, 100);
  const power = (name: string) => reader.optional(name, 0, 20_000);
  const points = [
    [temp('TPMax'), power('PMaxOUT')],
    [temp('TPNom'), acRatingKw],
    [temp('TPLim1'), power('PLim1')],
    [temp('TPLimAbs'), power('PLimAbs')],
  ].filter((point): point is [number, number] => point[0] !== undefined && (point[1] ?? 0) > 0);
  const rising = points.filter(([at], k) => k === 0 || at > points[k - 1][0]);
  if (rising.every(([, kw]) => kw === acRatingKw)) return undefined;
  return { tempAirC: rising.map(([at]) => at), acKw: rising.map(([, kw]) => kw) };
}

/** Maximum difference between the computed and the stated power. */
const POWER_TOLERANCE = 0.05;

/**
 * Returns the photocurrent and saturation current that give the stated short circuit current and open circuit voltage.
 * @param lossAt share of the photocurrent lost by recombination at a voltage over the diode [1]
 */
function currentsOf(
  iSc: number,
  vOc: number,
  a: number,
  rs: number,
  rsh: number,
  lossAt: (u: number) => number,
): { iL: number; i0: number } {
  const ratio = (1 - lossAt(iSc * rs)) / (1 - lossAt(vOc));
  const atShort = Math.expm1((iSc * rs) / a);
  const atOpen = Math.expm1(vOc / a);
  const i0 = (iSc * (1 + rs / rsh) - (ratio * vOc) / rsh) / (ratio * atOpen - atShort);
  return { i0, iL: (i0 * atOpen + vOc / rsh) / (1 - lossAt(vOc)) };
}

/**
 * Parses a module file.
 * @param file its name, for messages
 * @throws AppError `solar.invalid_input` with line, quantity, value and range; or where the parameters do not give the
 * nameplate
 */
export function parsePan(text: string, file = 'module.PAN'): PanFile {
  const reader = new Reader(text, file, 'pvModule');
  const notes: string[] = [];
  const nominalPowerW = reader.number('PNom', 1, 2000);
  const iSc = reader.number('Isc', 0.01, 100);
  const vOc = reader.number('Voc', 0.1, 1000);
  const iMp = reader.number('Imp', 0.01, iSc);
  const vMp = reader.number('Vmp', 0.1, vOc);
  const cellsInSeries = reader.number('NCelS', 1, 1000);
  const rSOhm = reader.number('RSerie', 0, 100);
  const rShRefOhm = reader.number('RShunt', 0.1, 1e7);
  const gammaRef = reader.number('Gamma', 0.3, 3);
  const muGammaPerK = reader.optional('muGamma', -0.05, 0.05) ?? 0;
  const rSh0Ohm = reader.optional('Rp_0', 0.1, 1e8) ?? 4 * rShRefOhm;
  if (rSh0Ohm < rShRefOhm)
    refuse(file, `Rp_0 is ${rSh0Ohm} and RShunt ${rShRefOhm} ohm; expected Rp_0, that in darkness, to be no smaller`);
  const rShExponent = reader.optional('Rp_Exp', 0.1, 100) ?? 5.5;
  // Crystalline silicon has 0.02 to 0.1 % of Isc, thin films are around 0.
  const muIscMaPerK = reader.optional('muISC', -0.5 * iSc, 3 * iSc) ?? 0;
  const gammaPct = reader.optional('muPmpReq', -2, 0.5);
  const recombination = reader.optional('D2MuTau', 0, 100) ?? 0;
  if (reader.optional('Rp_0', 0.1, 1e8) === undefined) notes.push('shunt_by_default');

  const a = gammaRef * 8.617333262e-5 * 298.15 * cellsInSeries;
  const builtInV = BUILT_IN_V * cellsInSeries;
  if (recombination > 0 && !(vOc < builtInV - recombination))
    refuse(
      file,
      `D2MuTau is ${recombination} and Voc ${vOc} V; expected Voc below ${(builtInV - recombination).toFixed(1)} V, the built-in voltage of ${cellsInSeries} cells less D2MuTau`,
    );
  const { iL, i0 } = currentsOf(iSc, vOc, a, rSOhm, rShRefOhm, (u) => recombination / (builtInV - u));
  const bandGapEv = { mtCdTe: 1.475, mtCIS: 1.15, mtSiAmorph: 1.7 }[reader.text('Technol')] ?? 1.121;
  const module: PvsystModule = {
    alphaScAPerK: muIscMaPerK / 1000,
    gammaRef,
    muGammaPerK,
    iLRefA: iL,
    iORefA: i0,
    rSOhm,
    rShRefOhm,
    rSh0Ohm,
    rShExponent,
    cellsInSeries,
    bandGapEv,
    d2MuTauV: Math.max(0, recombination),
  };
  const powerAt = (tempCellC: number): number => {
    const parameters: DiodeParameters = pvsystParameters(1000, tempCellC, module);
    return curvePoints(parameters).pMpW;
  };
  const powerW = powerAt(25);
  if (!(Math.abs(powerW / (iMp * vMp) - 1) <= POWER_TOLERANCE))
    refuse(
      file,
      `the one-diode parameters give ${powerW.toFixed(1)} W, Imp x Vmp is ${(iMp * vMp).toFixed(1)} W; expected within 5 %`,
    );
  if (gammaPct === undefined) notes.push('gamma_by_model');
  const width = reader.optional('Width', 0.01, 10);
  const height = reader.optional('Height', 0.01, 10);
  // [deg] and [1], as in requests
  const profile = reader.points('IAMProfile', [
    [0, 90],
    [0, 1.2],
  ]);
  if (profile.length < 2 && reader.text('IAMMode') === 'UserProfile')
    refuse(file, 'IAMMode is UserProfile; expected an IAMProfile with two points or more');
  const b0 = reader.optional('IAM', 0, 1);
  const iam: PanFile['iam'] =
    profile.length >= 2
      ? {
          type: 'points',
          angleDeg: profile.map(([angle]) => angle),
          modifier: profile.map(([, value]) => value),
          includeDiffuse: true,
        }
      : b0 !== undefined
        ? { type: 'ashrae', b: b0, includeDiffuse: true }
        : undefined;
  const read = {
    manufacturer: reader.text('Manufacturer'),
    model: reader.text('Model'),
    technology: reader.text('Technol'),
    nominalPowerW,
    areaM2: width !== undefined && height !== undefined ? width * height : undefined,
    vOcV: vOc,
    vMpV: vMp,
    gammaPerK: gammaPct !== undefined ? gammaPct / 100 : (powerAt(35) / powerW - 1) / 10,
    bifaciality: reader.optional('BifacialityFactor', 0, 1),
    module,
    iam,
    lidPct: reader.optional('LIDLoss', 0, 99),
    notes,
  };
  return { ...read, unused: reader.unused(DESCRIPTIVE) };
}

export interface OndFile {
  readonly manufacturer: string;
  readonly model: string;
  /** AC rating [kW] */
  readonly acRatingKw: number;
  /** Window of maximum power tracking and largest input [V] */
  readonly mppMinV: number | undefined;
  readonly mppMaxV: number | undefined;
  readonly maxDcV: number | undefined;
  /** For `SolarSystem.inverter`, of one inverter; without `nightW` where the file does not state it. */
  readonly inverter: Omit<CurveInverter, 'nightW'> & Partial<Pick<CurveInverter, 'nightW'>>;
  /** Fields that hold a value which no model uses */
  readonly unused: readonly string[];
  readonly notes: readonly string[];
}

/** The output of an inverter that limits its power may fall by a rounding, not below this share of a smaller input's. */
const FALLS = 0.99;

/**
 * Parses an inverter file. If it has three profiles by voltage, the middle one is used.
 * @param file name of the file, for messages
 * @throws AppError `solar.invalid_input` with line, quantity, value and range
 */
export function parseOnd(text: string, file = 'inverter.OND'): OndFile {
  const reader = new Reader(text, file, 'pvGInverter');
  const notes: string[] = [];
  const acRatingKw = reader.number('PNomConv', 0.05, 20_000);
  let points = reader.points('ProfilPIOV2');
  if (points.length > 0) notes.push('efficiency_at_middle');
  else points = reader.points('ProfilPIO');
  if (points.length < 2) refuse(file, 'there is no profile ProfilPIO or ProfilPIOV2 with two points or more');
  const maxIn = Math.max(...points.map(([dc]) => dc));
  const maxOut = Math.max(...points.map(([, ac]) => ac));
  // Some files give efficiencies [%] in place of the output.
  const isEfficiency = maxOut <= 100 && maxIn > 1000;
  const curve = points
    .map(([dc, ac]): [number, number] => [dc / 1000, isEfficiency ? ((dc / 1000) * ac) / 100 : ac / 1000])
    .sort(([x], [y]) => x - y);
  for (const [dc, ac] of curve)
    if (!(dc >= 0 && ac >= 0 && ac <= dc))
      refuse(file, `the profile gives ${ac} kW for ${dc} kW of input; expected 0 to the input`);
  curve.forEach(([dc, ac], k) => {
    const [lower, before] = curve[Math.max(k - 1, 0)];
    if (ac < FALLS * before)
      refuse(
        file,
        `the profile gives ${ac} kW for ${dc} kW of input but ${before} kW for ${lower} kW; expected it to rise`,
      );
  });
  const covered = curve[curve.length - 1][0];
  if (!(covered > 0.3 * acRatingKw))
    refuse(file, `the profile ends at ${covered} kW, PNomConv is ${acRatingKw} kW; expected the profile to reach it`);
  const nightW = reader.optional('Night_Loss', 0, 1e5);
  const derating = deratingOf(reader, acRatingKw);
  const read = {
    manufacturer: reader.text('Manufacturer'),
    model: reader.text('Model'),
    acRatingKw,
    mppMinV: reader.optional('VMppMin', 0, 5000),
    mppMaxV: reader.optional('VMPPMax', 0, 5000),
    maxDcV: reader.optional('VAbsMax', 0, 5000),
    inverter: {
      type: 'curve' as const,
      acRatingKw,
      nInverters: 1,
      dcKw: curve.map(([dc]) => dc),
      acKw: curve.map(([, ac]) => ac),
      ...(nightW !== undefined && { nightW }),
      ...(derating && { derating }),
    },
    notes,
  };
  return { ...read, unused: reader.unused(DESCRIPTIVE) };
}
