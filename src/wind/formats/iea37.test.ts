import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { EnergyModel } from '../energy/energy.ts';
import { iea37Input } from './iea37.ts';
import { iea37Yaml } from './iea37-yaml.ts';

test("a layout goes into the task's YAML, with its energy by direction", () => {
  const xM = [0, 650.5, 200.861];
  const yM = [0, 1 / 3, 618.1867];
  const text = iea37Yaml(xM, yM);
  const { items } = parse(text).definitions.position;
  expect([items.xc, items.yc]).toEqual([xM, yM]);
  const mwh = Number(/default: ([\d.]+)/.exec(text)![1]);
  expect(mwh).toBeCloseTo(new EnergyModel(iea37Input(xM, yM)).net() / 1e3, 6);
});
