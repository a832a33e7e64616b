import { expect, test } from '@jest/globals';
import { EnergyModel } from '../energy/energy.ts';
import { iea37Input } from './iea37.ts';
import { iea37Yaml, parseIea37Yaml } from './iea37-yaml.ts';

test("a layout goes into the task's YAML and back, with its energy by direction", () => {
  const xM = [0, 650.5, 200.861];
  const yM = [0, 1 / 3, 618.1867];
  const text = iea37Yaml(xM, yM);
  expect(parseIea37Yaml(text)).toEqual({ xM, yM });
  const mwh = Number(/default: ([\d.]+)/.exec(text)![1]);
  expect(mwh).toBeCloseTo(new EnergyModel(iea37Input(xM, yM)).net() / 1e3, 6);
  expect(() => parseIea37Yaml('title: none')).toThrow('no definitions.position.items');
});
