import { describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { parseWeather } from '../../weather/parse.ts';
import { parseOnd, parsePan } from './pvsyst-files.ts';
import { prepareSite, simulateYear } from '../year/simulate.ts';
import { curvePoints, ivCurve, PvsystMaximumPower, pvsystParameters } from '../power/single-diode.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';

const PAN = `PVObject_=pvModule
  Version=7.2
  PVObject_Commercial=pvCommercial
    Manufacturer=Example
    Model=M550
    Width=1.134
    Height=2.278
  End of PVObject pvCommercial

  Technol=mtSiMono
  NCelS=72
  NCelP=2
  PNom=550.0
  BifacialityFactor=0.700
  Isc=14.000
  Voc=49.90
  Imp=13.110
  Vmp=41.96
  muISC=7.28
  muPmpReq=-0.340
  RShunt=300
  Rp_0=2000
  Rp_Exp=5.50
  RSerie=0.203
  Gamma=0.980
  muGamma=-0.0001

  PVObject_IAM=pvIAM
    IAMMode=UserProfile
    IAMProfile=TCubicProfile
      NPtsMax=9
      NPtsEff=3
      Point_1=0.0,1.00000
      Point_2=70.0,0.89000
      Point_3=90.0,0.00000
      Point_4=0.0,0.0
    End of TCubicProfile
  End of PVObject pvIAM
End of PVObject pvModule
`;

const OND = `PVObject_=pvGInverter
  PVObject_Commercial=pvCommercial
    Manufacturer=Example
    Model=I40
    Remarks, Count=1
      Str_1=-25 - +60 degrees
    End of Remarks
  End of PVObject pvCommercial
  Converter=TConverter
    PNomConv=40.000
    VMppMin=200
    VMPPMax=1000
    VAbsMax=1000
    ProfilPIOV2=TCubicProfile
      NPtsMax=11
      NPtsEff=4
      Point_1=80.0,0.0
      Point_2=4000.0,3924.0
      Point_3=20000.0,19780.0
      Point_4=44000.0,43428.0
      Point_5=0.0,0.0
    End of TCubicProfile
  End of TConverter
  Night_Loss=1.00
End of PVObject pvGInverter
`;

describe('.PAN', () => {
  test('the one-diode model gives the short circuit, open circuit and power of the data sheet', () => {
    const pan = parsePan(PAN);
    const points = curvePoints(pvsystParameters(1000, 25, pan.module));
    expect(points.iScA).toBeCloseTo(14, 9);
    expect(points.vOcV).toBeCloseTo(49.9, 9);
    expect(Math.abs(points.pMpW / 550 - 1)).toBeLessThan(0.005);
    expect(pan).toMatchObject({
      manufacturer: 'Example',
      model: 'M550',
      gammaPerK: -0.34 / 100,
      bifaciality: 0.7,
      notes: [],
    });
    expect(pan.areaM2).toBeCloseTo(2.583, 3);
    expect(pan.iam).toEqual({ type: 'points', angleDeg: [0, 70, 90], modifier: [1, 0.89, 0], includeDiffuse: true });
    expect(new PvsystMaximumPower(pan.module).solve(1000, 25)).toBeCloseTo(points.pMpW, 9);
    // The coefficient of power that the model has by itself.
    const hot = new PvsystMaximumPower(pan.module).solve(1000, 45);
    expect((hot / points.pMpW - 1) / 20).toBeCloseTo(-0.0034, 3);
  });

  test('a damaged file is refused with line, quantity, value and range', () => {
    expect(() => parsePan(PAN.replace('Isc=14.000', 'Isc=abc'))).toThrow(/line 15: Isc is abc; expected 0.01 to 100/);
    expect(() => parsePan(PAN.replace('  Gamma=0.980\n', ''))).toThrow('Gamma is absent; expected 0.3 to 3');
    expect(() => parsePan(OND)).toThrow('PVObject_ is pvGInverter; expected pvModule');
    expect(() => parsePan(PAN.replace('RSerie=0.203', 'RSerie=0.9'))).toThrow('the one-diode parameters give');
  });

  test.each<[reason: string, change: (pan: string) => string]>([
    [
      'the file is cut off; expected the line "End of PVObject pvModule"',
      (pan) => pan.slice(0, pan.indexOf('IAMMode')),
    ],
    ['IAMProfile has no NPtsEff', (pan) => pan.replaceAll(/^ +/gm, '\t')],
    ['IAMProfile has no NPtsEff', (pan) => pan.replace('NPtsEff=3', 'NPtsEff=')],
    ['IAMProfile has no Point_2; NPtsEff says 3', (pan) => pan.replace(/ +Point_2=.*\n/, '')],
    ['Point_2 is 700,0.89000; expected 0 to 90 and 0 to 1.2', (pan) => pan.replace('70.0,0.89', '700,0.89')],
    ['Point_2 is 70.0,-999; expected 0 to 90', (pan) => pan.replace('70.0,0.89000', '70.0,-999')],
    ['expected an IAMProfile with two points or more', (pan) => pan.replace(/ +IAMProfile=.*\n/, '')],
    ['muISC is -7.28; expected -7 to 42', (pan) => pan.replace('muISC=7.28', 'muISC=-7.28')],
    ['Rp_0 is 200 and RShunt 300 ohm', (pan) => pan.replace('Rp_0=2000', 'Rp_0=200')],
  ])('what is lost or impossible is refused: %s', (reason, change) => {
    expect(change(PAN)).not.toBe(PAN);
    expect(() => parsePan(change(PAN))).toThrow(reason);
  });

  test('the whole curve runs from short to open circuit, and holds the maximum power', () => {
    const parameters = pvsystParameters(800, 40, parsePan(PAN).module);
    const { iScA, vOcV, pMpW } = curvePoints(parameters);
    const curve = ivCurve(parameters, 400);
    expect(curve[0]).toEqual({ voltageV: 0, currentA: iScA });
    expect(curve[399]).toEqual({ voltageV: vOcV, currentA: 0 });
    for (let k = 1; k < curve.length; k++) expect(curve[k].voltageV).toBeGreaterThan(curve[k - 1].voltageV);
    const best = Math.max(...curve.map(({ voltageV, currentA }) => voltageV * currentA));
    expect(best / pMpW).toBeCloseTo(1, 4);
  });
});

describe('.OND', () => {
  test('gives rating, window and curve', () => {
    const ond = parseOnd(OND);
    expect(ond).toMatchObject({ model: 'I40', acRatingKw: 40, mppMinV: 200, mppMaxV: 1000, maxDcV: 1000 });
    expect(ond.inverter).toMatchObject({ dcKw: [0.08, 4, 20, 44], acKw: [0, 3.924, 19.78, 43.428], nightW: 1 });
  });

  test('a profile whose output falls while its input rises is refused', () => {
    expect(() => parseOnd(OND.replace('80.0,0.0', '9999.0,0.0'))).toThrow(
      'the profile gives 0 kW for 9.999 kW of input but 3.924 kW for 4 kW; expected it to rise',
    );
  });

  test('a profile that gives more than it takes is refused', () => {
    expect(() => parseOnd(OND.replace('20000.0,19780.0', '20000.0,21000.0'))).toThrow(
      'the profile gives 21 kW for 20 kW',
    );
    expect(() => parseOnd(OND.replace(/ProfilPIOV2/, 'Other'))).toThrow('there is no profile');
  });
});

test('a year with a module and inverter by file', () => {
  const site = prepareSite(parseWeather(weatherFile(WEATHER.tucson), { name: WEATHER.tucson }), DEFAULT_PREPARATION);
  const pan = parsePan(PAN);
  const year = simulateYear(site, {
    ...DEFAULT_SYSTEM,
    dcCapacityKw: (pan.nominalPowerW * 18 * 5) / 1000,
    module: { type: 'pvsyst', module: pan.module, modulesPerString: 18, nStrings: 5 },
    iam: pan.iam!,
    inverter: { ...parseOnd(OND).inverter, nightW: 1 },
  });
  expect(year.specificYieldKwhPerKw).toBeGreaterThan(1600);
  expect(year.specificYieldKwhPerKw).toBeLessThan(2000);
  expect(Math.max(...year.acKw)).toBeLessThanOrEqual(40);
  expect(Math.min(...year.acKw)).toBeCloseTo(-0.001, 9);
});

describe('recombination in thin films', () => {
  const FILM = {
    alphaScAPerK: 0.00039,
    gammaRef: 1.48,
    muGammaPerK: 0.001,
    iLRefA: 1.59,
    iORefA: 9.62e-10,
    rSOhm: 4.6,
    rShRefOhm: 5000,
    rSh0Ohm: 12_500,
    rShExponent: 3.1,
    cellsInSeries: 108,
    bandGapEv: 1.5,
    d2MuTauV: 1.31,
  };

  // pvlib 0.16.1: calcparams_pvsyst, then bishop88_mpp, bishop88_v_from_i and bishop88_i_from_v with NsVbi = 97.2 V.
  test.each([
    [1000, 25, 95.94236469780721, 68.20400002323194, 86.57602575767275, 1.5654162439077344],
    [200, 10, 19.777979286898823, 70.72450779997946, 83.932460398226, 0.31233394583695645],
    [800, 60, 68.14520823367506, 60.30688221998766, 77.72935539782931, 1.2634340939594892],
    [1100, 45, 98.29545144503827, 63.423549967974246, 82.52278069347692, 1.7301575324865015],
    [50, 0, 4.59762824438332, 69.22176856916373, 81.26103666362889, 0.07791216385482429],
  ])("at %d W/m2 and %d degC: pvlib's points", (irradiance, cell, pMp, vMp, vOc, iSc) => {
    const points = curvePoints(pvsystParameters(irradiance, cell, FILM));
    expect(Math.abs(points.pMpW / pMp - 1)).toBeLessThan(1e-9);
    expect(Math.abs(points.vMpV / vMp - 1)).toBeLessThan(1e-6);
    expect(Math.abs(points.vOcV / vOc - 1)).toBeLessThan(1e-9);
    expect(Math.abs(points.iScA / iSc - 1)).toBeLessThan(1e-9);
    expect(new PvsystMaximumPower(FILM).solve(irradiance, cell)).toBe(points.pMpW);
  });

  test('a .PAN file with D2MuTau keeps its short circuit current and open circuit voltage', () => {
    const text = PAN.replace('NCelS=72', 'NCelS=108')
      .replace('Technol=mtSiMono', 'Technol=mtCdTe')
      .replace('NCelP=2', 'NCelP=2\n  D2MuTau=1.31')
      .replace('PNom=550.0', 'PNom=95.0')
      .replace('Isc=14.000', 'Isc=1.57')
      .replace('muISC=7.28', 'muISC=0.8')
      .replace('Voc=49.90', 'Voc=86.5')
      .replace('Imp=13.110', 'Imp=1.40')
      .replace('Vmp=41.96', 'Vmp=67.9')
      .replace('RShunt=300', 'RShunt=5000')
      .replace('Rp_0=2000', 'Rp_0=12500')
      .replace('RSerie=0.203', 'RSerie=4.6')
      .replace('Gamma=0.980', 'Gamma=1.48');
    const { module } = parsePan(text);
    const points = curvePoints(pvsystParameters(1000, 25, module));
    expect(module.d2MuTauV).toBe(1.31);
    expect(points.iScA).toBeCloseTo(1.57, 9);
    expect(points.vOcV).toBeCloseTo(86.5, 8);
    expect(Math.abs(points.pMpW / 95 - 1)).toBeLessThan(0.05);
    expect(() => parsePan(text.replace('Voc=86.5', 'Voc=96.9'))).toThrow(/D2MuTau is 1.31 and Voc 96.9/);
  });
});
