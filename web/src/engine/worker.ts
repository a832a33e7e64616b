/** Runs the engine beside the page, so that the page stays awake. */
import { farmEnergy, farmFlowMap } from '../../../src/services/wind/live-farm.ts';

export type Question =
  | { readonly id: number; readonly kind: 'energy'; readonly request: unknown }
  | {
      readonly id: number;
      readonly kind: 'flow';
      readonly request: unknown;
      readonly directionDeg: number;
      readonly wsMPerS: number;
      readonly points: number;
    };

self.onmessage = ({ data: asked }: MessageEvent<Question>): void => {
  try {
    const answer =
      asked.kind === 'energy'
        ? farmEnergy(asked.request)
        : farmFlowMap(asked.request, asked.directionDeg, asked.wsMPerS, asked.points);
    self.postMessage({ id: asked.id, answer });
  } catch (error) {
    self.postMessage({ id: asked.id, error: error instanceof Error ? error.message : String(error) });
  }
};
