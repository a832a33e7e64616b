import { expect, test } from '@jest/globals';
import { publicTurbine } from '../../wind/turbine/turbine-library.ts';
import { parseWindIo, stringifyWindIo } from '../../wind/formats/windio.ts';
import { requestOfWindIo } from './windio.ts';

const documentOf = (rotorDiameterM: number): string =>
  stringifyWindIo({
    name: 'two turbines',
    farm: {
      xM: [0, 900],
      yM: [0, 0],
      turbines: [{ ...publicTurbine('v80'), diameterM: rotorDiameterM, hubHeightM: 300 }],
    },
    resource: { kind: 'weibull', site: { frequency: [1], weibull: [{ scaleMPerS: 9, shape: 2 }] } },
    ti: 0.1,
    site: { zones: [{ xM: 450, yM: 0, radiusM: 1000 }] },
  });

test('a document becomes parts of requests', () => {
  const { analyze } = requestOfWindIo(parseWindIo(documentOf(80)));
  expect(analyze.turbines[0].curve).toMatchObject({ rotor_diameter_m: 80, hub_height_m: 300, rated_kw: 2000 });
  expect(analyze.resource).toMatchObject({ type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] });
});

test('a document with a quantity out of range is refused as a request with it is', () => {
  expect(() => requestOfWindIo(parseWindIo(documentOf(450)))).toThrow(
    expect.objectContaining({
      code: 'wind.invalid_input',
      pointer: '/file/rotor_diameter_m',
      message: '/file/rotor_diameter_m: rotor_diameter_m is 450; expected 1 to 400',
    }),
  );
});
